// Holds the page's validators against what the server's own tests wrote down of its answers.
import { readdirSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { EVENT_NAMES, readEvent } from "@/api/events.ts";
import {
  ChargeSchema,
  ConfigSchema,
  CookieSchema,
  ProblemSchema,
  RecordsSchema,
  RefreshSchema,
  SessionSchema,
  StatusSchema,
  SumsSchema,
  TaskSchema,
} from "@/api/schemas.ts";

const FOLDER = new URL("./snapshots/", import.meta.url);
const names = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));

const SCHEMAS: Record<string, v.GenericSchema> = {
  status: StatusSchema,
  config: ConfigSchema,
  cookie: CookieSchema,
  task: TaskSchema,
  refresh: RefreshSchema,
  session: SessionSchema,
  problem: ProblemSchema,
};

const SnapshotOfEvent = v.object({ event: v.picklist(EVENT_NAMES), data: v.unknown() });

const isSums = (json: unknown) => v.is(v.object({ bucketSeconds: v.number() }), json);

const kinds = new Set(names.map((name) => name.split(".")[0]));

describe("what the server says", () => {
  it("is there in every kind", () => {
    expect([...kinds].sort()).toEqual([
      "config",
      "cookie",
      "event",
      "export",
      "problem",
      "refresh",
      "session",
      "status",
      "task",
      "usage",
    ]);
  });

  for (const name of names) {
    const kind = name.split(".")[0] ?? "";
    const schema = SCHEMAS[kind];
    if (schema) {
      it(`is understood: ${name}`, () => {
        v.parse(schema, read(name));
      });
    }
    if (kind === "usage") {
      it(`is understood: ${name}`, () => {
        const json = read(name);
        v.parse(isSums(json) ? SumsSchema : RecordsSchema, json);
      });
    }
    if (kind === "event") {
      it(`is understood: ${name}`, () => {
        const { event, data } = v.parse(SnapshotOfEvent, read(name));
        expect(readEvent(event, JSON.stringify(data), 60)).not.toBeNull();
      });
    }
  }
});

describe("a charge", () => {
  const charge = {
    id: 11048661,
    model: "claude-sonnet-4-20250514",
    creditsUsed: 0.000001,
    createdAt: "2025-08-25T13:39:44.230Z",
    time: "2025-08-25 21:39:44",
  };

  it("has its amount in whole millionths and its time in epoch milliseconds", () => {
    expect(v.parse(ChargeSchema, charge)).toEqual({
      id: 11048661,
      model: "claude-sonnet-4-20250514",
      micros: 1,
      createdMs: Date.UTC(2025, 7, 25, 13, 39, 44, 230),
      time: "2025-08-25 21:39:44",
    });
  });

  it.each([
    { id: "11048661" },
    { model: null },
    { creditsUsed: "9" },
    { creditsUsed: Number.NaN },
    { createdAt: "yesterday" },
    { time: undefined },
  ])("is refused with %o", (wrong) => {
    expect(v.is(ChargeSchema, { ...charge, ...wrong })).toBe(false);
  });
});

describe("an event", () => {
  it("that is not the contract's is not taken", () => {
    expect(readEvent("config", '{"intervalSeconds":"often"}', 60)).toBeNull();
    expect(readEvent("usage", '{"records":[]}', 60)).toBeNull();
    expect(readEvent("status", "null", 60)).toBeNull();
    expect(readEvent("status", '{"version":', 60)).toBeNull();
  });
});
