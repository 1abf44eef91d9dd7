// Owns the mark: a curve that goes up and is watched at its end.

export function Mark() {
  return (
    <svg viewBox="0 0 20 20" className="size-5 text-accent" fill="none" aria-hidden="true">
      <path
        d="M2 15.5c3.2 0 3.8-3 6-3s2.6 2 4.4 2 2.3-6.3 4.3-8.8"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="17" cy="5" r="2.3" fill="currentColor" />
    </svg>
  );
}
