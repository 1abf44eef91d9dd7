// Owns a line across the page that says how things stand.
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "@/lib/classes.ts";

const TONES = {
  quiet: "border-line bg-sunken text-muted",
  warn: "border-transparent bg-warn-soft text-warn",
  danger: "border-transparent bg-danger-soft text-danger",
} as const;

interface BannerProps {
  tone: keyof typeof TONES;
  icon: LucideIcon;
  testId: string;
  children: ReactNode;
  action?: ReactNode;
}

export function Banner({ tone, icon: Icon, testId, children, action }: BannerProps) {
  return (
    <div
      role="status"
      data-testid={testId}
      className={classes("flex items-center gap-3 rounded-lg border px-4 py-2 text-[13px]", TONES[tone])}
    >
      <Icon size={16} aria-hidden="true" className="shrink-0" />
      <p className="min-w-0 flex-1">{children}</p>
      {action}
    </div>
  );
}
