// Owns what a key of the keyboard looks like.

export function Keys({ name }: { name: string }) {
  return (
    <kbd className="inline-flex h-6 min-w-6 items-center justify-center rounded border border-line border-b-2 bg-sunken px-1.5 font-mono text-ink text-xs">
      {name}
    </kbd>
  );
}
