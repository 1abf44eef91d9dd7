// Owns a row of short names, as many lines as it takes.

interface ChipsProps {
  label: string;
  names: readonly string[];
}

export function Chips({ label, names }: ChipsProps) {
  return (
    <ul aria-label={label} className="flex min-w-0 flex-wrap gap-1">
      {names.map((name) => (
        <li
          key={name}
          className="min-w-0 break-all rounded border border-line bg-sunken px-1.5 font-mono text-muted text-xs leading-5"
        >
          {name}
        </li>
      ))}
    </ul>
  );
}
