// Owns a part of the settings: its title, and its rows.
import { type ReactNode, useId } from "react";

interface SectionProps {
  title: string;
  children: ReactNode;
}

export function Section({ title, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-line border-t py-5 first:border-t-0 first:pt-0 last:pb-0">
      <h3 id={id} className="mb-3 font-semibold text-[13px]">
        {title}
      </h3>
      <div className="flex flex-col gap-4">{children}</div>
    </section>
  );
}
