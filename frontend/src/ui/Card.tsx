// Owns the frame of a region.
import type { HTMLAttributes } from "react";
import { classes } from "@/lib/classes.ts";

export function Card({ className, ...rest }: HTMLAttributes<HTMLElement>) {
  return <section {...rest} className={classes("rounded-lg border border-line bg-surface", className)} />;
}
