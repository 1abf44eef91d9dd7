// Owns the configuration as the page obeys it: the server's, with the changes on their way; and whose clock it means.
import type { Config } from "@/api/schemas.ts";
import { formatMoment } from "@/lib/format.ts";
import { isZone } from "@/lib/zone.ts";
import type { State } from "@/state/model.ts";

/** The setting and, as `zone` has it, the browser's own clock. */
const LOCAL = "local";

/** The contract's defaults, for as long as the server has not told its own. */
export const DEFAULTS: Config = {
  intervalSeconds: 60,
  rangeMinutes: 60,
  cookieCheckMinutes: 10,
  timeZone: LOCAL,
  locale: "auto",
  theme: "system",
  chartMode: "requests",
  hiddenModels: [],
  retentionDays: null,
};

let obeyed: { config: Config | null; pending: State["pending"]; value: Config } | null = null;

export function configOf({ config, pending }: State): Config {
  if (obeyed?.config !== config || obeyed.pending !== pending) {
    obeyed = { config, pending, value: Object.assign({}, config ?? DEFAULTS, ...pending) };
  }
  return obeyed.value;
}

/**
 * The zone that times are told in. `local` is that of the machine that CCurve runs on, and some that the server knows
 * no browser does: where the time of the newest charge says otherwise than the browser would, that offset stands in.
 */
export function zoneOf(state: State): string {
  const { timeZone } = configOf(state);
  if (timeZone !== LOCAL && isZone(timeZone)) return timeZone;
  const latest = state.status?.usage.latest;
  if (!latest || formatMoment(latest.createdMs, LOCAL) === latest.time) return LOCAL;
  const shownMs = Date.parse(`${latest.time.replace(" ", "T")}Z`);
  return Number.isNaN(shownMs) ? LOCAL : offsetZone(shownMs - latest.createdMs);
}

function offsetZone(offsetMs: number): string {
  const minutes = Math.round(offsetMs / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
