// Owns a modal dialog on the platform's own <dialog>: it keeps the focus inside, closes by Escape, and gives it back.
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { classes } from "@/lib/classes.ts";
import { IconButton } from "@/ui/IconButton.tsx";

const PLACES = {
  centre: "m-auto w-[min(40rem,calc(100vw-1.5rem))]",
  /** With nothing behind it. */
  alone: "m-auto w-[min(26rem,calc(100vw-1.5rem))] backdrop:bg-transparent",
  /** Leaves what is behind it in sight. */
  aside: "mx-auto mt-auto mb-3 w-[min(30rem,calc(100vw-1.5rem))] lg:ml-6",
} as const;

interface DialogProps {
  open: boolean;
  title: string;
  /** The id of what is in it that screen readers read when it opens. */
  describedBy?: string;
  /** Without it the dialog stays until what it asks for is given. */
  onClose?: () => void;
  closeLabel?: string;
  testId: string;
  role?: "dialog" | "alertdialog";
  place?: keyof typeof PLACES;
  children: ReactNode;
}

export function Dialog({
  open,
  title,
  describedBy,
  onClose,
  closeLabel = "",
  testId,
  role,
  place = "centre",
  children,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element || !open) return;
    const opener = document.activeElement;
    element.showModal();
    return () => {
      element.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [open]);

  if (!open) return null;
  return (
    <dialog
      ref={dialog}
      role={role}
      aria-labelledby={titleId}
      aria-describedby={describedBy}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClose={({ currentTarget }) => {
        // Browsers let a second Escape close it all the same.
        if (!onClose && currentTarget.isConnected && !currentTarget.open) currentTarget.showModal();
      }}
      className={classes(
        "max-h-[calc(100dvh-1.5rem)] flex-col overflow-hidden rounded-xl border border-line bg-surface p-0 text-ink shadow-2xl open:flex",
        PLACES[place],
      )}
    >
      <header className="flex items-center justify-between gap-4 border-line border-b py-2.5 pr-2.5 pl-5">
        <h2 id={titleId} className="font-semibold text-[15px]">
          {title}
        </h2>
        {onClose && <IconButton label={closeLabel} icon={X} onClick={onClose} />}
      </header>
      <div className="overflow-y-auto p-5">{children}</div>
    </dialog>
  );
}
