// Owns what the stream tells, as values that a tab can hand to another one.
import * as v from "valibot";
import { type Charge, type Config, ConfigSchema, type Status, StatusSchema, UsageEventSchema } from "@/api/schemas.ts";
import { parsedJson } from "@/lib/json.ts";

/** Whether what is shown is fresh: the stream is open, being opened, or has failed more than once. */
export type Link = "connecting" | "open" | "closed";

export type FeedEvent =
  | { kind: "link"; link: Link }
  /** Whether the access key has yet to be given before anything else is told. */
  | { kind: "access"; denied: boolean }
  | { kind: "status"; status: Status }
  | { kind: "config"; config: Config }
  /** With `reset`, all charges of the last `minutes`; without, those that are new or changed. */
  | { kind: "usage"; reset: boolean; charges: readonly Charge[]; minutes: number };

export const EVENT_NAMES = ["status", "config", "usage"] as const;

/** Returns the event, or null where it is not as the contract says. `minutes` is what the stream was opened with. */
export function readEvent(name: (typeof EVENT_NAMES)[number], data: string, minutes: number): FeedEvent | null {
  const json = parsedJson(data);
  switch (name) {
    case "status": {
      const parsed = v.safeParse(StatusSchema, json);
      return parsed.success ? { kind: "status", status: parsed.output } : null;
    }
    case "config": {
      const parsed = v.safeParse(ConfigSchema, json);
      return parsed.success ? { kind: "config", config: parsed.output } : null;
    }
    case "usage": {
      const parsed = v.safeParse(UsageEventSchema, json);
      if (!parsed.success) return null;
      return { kind: "usage", reset: parsed.output.reset, charges: parsed.output.records, minutes };
    }
  }
}
