import { expect, test } from "vitest";
import { zoneGroups } from "./zones.ts";

test("zones stand under their region, with spaces for underscores", () => {
  expect(zoneGroups(["Europe/Berlin", "America/New_York", "America/Argentina/Ushuaia"])).toEqual([
    {
      region: "America",
      zones: [
        { value: "America/Argentina/Ushuaia", label: "Argentina/Ushuaia" },
        { value: "America/New_York", label: "New York" },
      ],
    },
    { region: "Europe", zones: [{ value: "Europe/Berlin", label: "Berlin" }] },
  ]);
});

test("UTC is offered apart, other names without a region under Etc", () => {
  expect(zoneGroups(["UTC", "GMT"])).toEqual([{ region: "Etc", zones: [{ value: "GMT", label: "GMT" }] }]);
});

test("no zone that the browser knows is lost", () => {
  const names = Intl.supportedValuesOf("timeZone").filter((name) => name !== "UTC");
  const offered = zoneGroups(names).flatMap(({ zones }) => zones.map(({ value }) => value));
  expect(offered.toSorted()).toEqual(names.toSorted());
});
