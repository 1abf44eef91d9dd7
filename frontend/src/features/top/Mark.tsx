// Owns the mark, which is also the page's icon: a curve that rises, watched at its end.

export function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-5" fill="none" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <g className="fill-on-accent stroke-on-accent">
        <path d="M5.5 24.5C13 24.5 13 20 16 15.5S20 8.5 24 8.5" fill="none" strokeWidth="3.6" strokeLinecap="round" />
        <circle cx="24" cy="8.5" r="4.2" stroke="none" />
      </g>
    </svg>
  );
}
