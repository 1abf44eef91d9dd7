// Owns which time zones are offered, and in what groups. Times in them are `lib/zone`'s.

export interface ZoneGroup {
  /** The part before the first slash; `Etc` for zones without one. */
  region: string;
  zones: readonly { value: string; label: string }[];
}

/** The zones by region, both in order; `UTC` is offered apart and left out. */
export function zoneGroups(names: readonly string[]): ZoneGroup[] {
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const value of names.toSorted()) {
    if (value === "UTC") continue;
    const slash = value.indexOf("/");
    const region = slash < 0 ? "Etc" : value.slice(0, slash);
    const label = value.slice(slash + 1).replaceAll("_", " ");
    groups.set(region, [...(groups.get(region) ?? []), { value, label }]);
  }
  return [...groups].map(([region, zones]) => ({ region, zones }));
}
