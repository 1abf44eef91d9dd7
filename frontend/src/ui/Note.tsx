// Owns a short message in its place: how it went, in words, a picture and a colour.
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "@/lib/classes.ts";

const TONES = {
  ok: { icon: CircleCheck, colour: "text-ok" },
  info: { icon: Info, colour: "text-muted" },
  warn: { icon: TriangleAlert, colour: "text-warn" },
  danger: { icon: CircleAlert, colour: "text-danger" },
} as const;

export type Tone = keyof typeof TONES;

interface NoteProps {
  tone: Tone;
  children: ReactNode;
  className?: string;
}

export function Note({ tone, children, className }: NoteProps) {
  const { icon: Icon, colour } = TONES[tone];
  return (
    <div className={classes("flex min-w-0 items-start gap-1.5 text-xs leading-5", colour, className)}>
      <Icon size={14} aria-hidden="true" className="mt-[3px] shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
