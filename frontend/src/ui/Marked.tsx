// Owns a sentence that names what stands on a screen or a key: what is in [brackets] is set off from the rest.
import { Fragment } from "react";

const MARKED = /\[([^\]]+)\]/;

export function Marked({ text }: { text: string }) {
  // Split by what is in brackets, every second part is such a name; its place is all that tells it from others.
  const parts = text.split(MARKED).map((part, place) => ({ part, place }));
  return parts.map(({ part, place }) =>
    place % 2 === 1 ? (
      <b
        key={place}
        className="whitespace-nowrap rounded border border-line bg-sunken px-1 py-px font-medium text-[0.92em] text-ink"
      >
        {part}
      </b>
    ) : (
      <Fragment key={place}>{part}</Fragment>
    ),
  );
}
