// Owns time zones: moments (epoch ms) to wall-clock times and back. How times are written for people is `format`'s.
//
// A zone is an IANA name that the browser knows, `UTC`, an offset such as `+08:00` (which not every browser takes), or
// `local` for the browser's own, whose clock is at hand without the hundredth of a second and more that a name costs.

/** What a wall clock shows; `m` counts from 1. */
export interface Wall {
  y: number;
  m: number;
  d: number;
  h: number;
  min: number;
  s: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const QUARTERS_KEPT = 20_000;
// From here on, no clock anywhere has changed within a quarter of an hour (Monrovia's last did, in 1972).
const QUARTERS_HOLD_FROM_MS = Date.UTC(1980, 0);

const OFFSET_ZONE = /^([+-])(\d{2}):(\d{2})$/;
const BROWSER_DATE = /^(\d{4,6})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

const clocks = new Map<string, (ms: number) => number>();

/** How far the zone's wall clock is ahead of UTC at that moment. Throws RangeError where the zone is not known. */
export function offsetMs(ms: number, zone: string): number {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = clockOf(zone);
    clocks.set(zone, clock);
  }
  return clock(ms);
}

export function msToWall(ms: number, zone: string): Wall {
  const shifted = new Date(ms + offsetMs(ms, zone));
  return {
    y: shifted.getUTCFullYear(),
    m: shifted.getUTCMonth() + 1,
    d: shifted.getUTCDate(),
    h: shifted.getUTCHours(),
    min: shifted.getUTCMinutes(),
    s: shifted.getUTCSeconds(),
  };
}

/**
 * The moment at which the zone's clock shows that. A time that comes twice means the first; one that the clock skips
 * means the moment at which it jumps (`wallExists` tells).
 */
export function wallToMs(wall: Wall, zone: string): number {
  const asUtc = utcMs(wall);
  const before = offsetMs(asUtc - DAY_MS, zone);
  const after = offsetMs(asUtc + DAY_MS, zone);
  const fitting = [asUtc - Math.max(before, after), asUtc - Math.min(before, after)].find(
    (ms) => ms + offsetMs(ms, zone) === asUtc,
  );
  return fitting ?? jump(asUtc - after, asUtc - before, zone);
}

/** False where the clock skips that time, or no calendar has it (30 February). */
export function wallExists(wall: Wall, zone: string): boolean {
  const shown = msToWall(wallToMs(wall, zone), zone);
  return (Object.keys(shown) as (keyof Wall)[]).every((part) => shown[part] === wall[part]);
}

/** The first moment of the day that the zone's clock shows then; not always 00:00. */
export function startOfDay(ms: number, zone: string): number {
  return wallToMs({ ...msToWall(ms, zone), h: 0, min: 0, s: 0 }, zone);
}

/** Whether times can be shown in it here. */
export function isZone(zone: string): boolean {
  try {
    offsetMs(0, zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What people call the zone. Takes a tenth of a second for `local` at first, whose name the browser has to find. */
export function zoneName(zone: string): string {
  return zone === "local" ? new Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
}

/** What a `datetime-local` field takes to show that moment: `2025-08-25T21:39:44`. */
export function browserDateText(ms: number, zone: string): string {
  const { y, m, d, h, min, s } = msToWall(ms, zone);
  const [month, day, hour, minute, second] = [m, d, h, min, s].map((part) => String(part).padStart(2, "0"));
  return `${String(y).padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}`;
}

/** What a `datetime-local` field says (the browser leaves out seconds of :00); null where it is empty or no such text. */
export function browserDateWall(text: string): Wall | null {
  const found = BROWSER_DATE.exec(text);
  if (!found) return null;
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return { y, m, d, h, min, s };
}

function clockOf(zone: string): (ms: number) => number {
  if (zone === "UTC") return () => 0;
  if (zone === "local") return (ms) => -new Date(ms).getTimezoneOffset() * MINUTE_MS;
  const [, sign, hours, minutes] = OFFSET_ZONE.exec(zone) ?? [];
  if (sign !== undefined) {
    const fixed = (sign === "-" ? -MINUTE_MS : MINUTE_MS) * (Number(hours) * 60 + Number(minutes));
    return () => fixed;
  }
  const formatter = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const quarters = new Map<number, number>();
  return (ms) => {
    if (ms < QUARTERS_HOLD_FROM_MS) return askedOffset(ms, formatter);
    const quarter = Math.floor(ms / QUARTER_MS);
    let offset = quarters.get(quarter);
    if (offset === undefined) {
      if (quarters.size >= QUARTERS_KEPT) quarters.clear();
      offset = askedOffset(ms, formatter);
      quarters.set(quarter, offset);
    }
    return offset;
  };
}

function askedOffset(ms: number, formatter: Intl.DateTimeFormat): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatter.formatToParts(ms)) shown[type] = Number(value);
  const { year: y = 0, month: m = 1, day: d = 1, hour: h = 0, minute: min = 0, second: s = 0 } = shown;
  return utcMs({ y, m, d, h, min, s }) - Math.floor(ms / 1000) * 1000;
}

/** Like Date.UTC, which takes the years 0 to 99 for 1900 to 1999. */
function utcMs({ y, m, d, h, min, s }: Wall): number {
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  return date.setUTCHours(h, min, s);
}

/** The first moment in (low, high] with another offset than `low`'s. */
function jump(lowMs: number, highMs: number, zone: string): number {
  const before = offsetMs(lowMs, zone);
  let low = lowMs;
  let high = highMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}
