// Owns how a figure of credits stands in large type: the whole credits first, what is behind the point smaller.
import { formatCredits } from "@/lib/format.ts";

interface AmountProps {
  micros: number;
  testId?: string;
}

export function Amount({ micros, testId }: AmountProps) {
  const [whole, fraction] = formatCredits(micros).split(".");
  return (
    <span data-testid={testId}>
      {whole}
      {fraction !== undefined && <span className="text-[0.62em]">.{fraction}</span>}
    </span>
  );
}
