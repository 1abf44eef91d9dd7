// Owns the page as somebody sees it who has yet to give the access key: it holds nothing of what it may have shown before.
import { AccessDialog } from "@/features/access/AccessDialog.tsx";

export function Locked() {
  return (
    <main>
      <h1 className="sr-only">CCurve</h1>
      <AccessDialog />
    </main>
  );
}
