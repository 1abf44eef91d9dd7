import { expect, test } from "vitest";
import { spanText } from "@/charts/spanText.ts";

const at = (text: string) => Date.parse(`${text}Z`);

test.each([
  ["2025-08-25T13:39:44.230", "2025-08-25T13:39:44.230", "2025-08-25 13:39:44"],
  ["2025-08-25T13:00", "2025-08-25T13:05", "2025-08-25 13:00 – 13:05"],
  ["2025-08-25T13:00:30", "2025-08-25T13:05", "2025-08-25 13:00:30 – 13:05:00"],
  ["2025-08-25T23:00", "2025-08-26T00:00", "2025-08-25 23:00 – 2025-08-26 00:00"],
])("from %s to %s reads %s", (from, to, text) => {
  expect(spanText({ fromMs: at(from), toMs: at(to) }, "UTC")).toBe(text);
});

test("the zone is the person's", () => {
  expect(spanText({ fromMs: at("2025-08-25T23:00"), toMs: at("2025-08-25T23:30") }, "Asia/Shanghai")).toBe(
    "2025-08-26 07:00 – 07:30",
  );
});
