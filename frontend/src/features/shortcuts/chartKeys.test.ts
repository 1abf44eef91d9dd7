import { expect, test } from "vitest";
import { keyCommand } from "@/charts/keys.ts";
import { CHART_KEYS } from "./chartKeys.ts";

const EXPECTED = { chartStep: "step", chartEnds: "step", chartMove: "move", chartZoom: "zoom", chartBack: "back" };

test("each key that the list names does in the chart what the list says", () => {
  for (const { words, pressed } of CHART_KEYS)
    for (const key of pressed)
      expect(keyCommand({ ...key, ctrlKey: false, altKey: false, metaKey: false })?.does).toBe(
        EXPECTED[words as keyof typeof EXPECTED],
      );
});
