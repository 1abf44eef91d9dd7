// Owns a question in its place, before something is deleted for good. The focus goes to the answer that deletes nothing.
import { type ReactNode, useId } from "react";
import { Button } from "@/ui/Button.tsx";
import { useBorrowedFocus } from "./useBorrowedFocus.ts";

interface QuestionProps {
  children: ReactNode;
  yes: string;
  no: string;
  testId: string;
  onYes: () => void;
  onNo: () => void;
}

export function Question({ children, yes, no, testId, onYes, onNo }: QuestionProps) {
  const id = useId();
  const place = useBorrowedFocus<HTMLFieldSetElement>();
  return (
    <fieldset ref={place} aria-describedby={id} className="rounded-md bg-danger-soft p-3">
      <p id={id} className="text-[13px] leading-5">
        {children}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button onClick={onNo}>{no}</Button>
        <Button variant="danger" data-testid={testId} onClick={onYes}>
          {yes}
        </Button>
      </div>
    </fieldset>
  );
}
