// Owns how amounts, counts, moments and model names are written for people. Zones are `zone`'s, words `strings`'.
import { msToWall } from "@/lib/zone.ts";

const MICROS = 1e6;
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

type Magnitude = readonly [name: string, size: number];
const ENGLISH_UNITS: readonly Magnitude[] = [
  ["B", 1e9],
  ["M", 1e6],
  ["k", 1e3],
];
const CHINESE_UNITS: readonly Magnitude[] = [
  ["亿", 1e8],
  ["万", 1e4],
];

const LEAST_SHARE = 0.001;

const formatters = new Map<string, Intl.NumberFormat>();

/** Millionths of a credit as credits, exactly: `1,234.5`. Both languages of the page write numbers like this. */
export function formatCredits(micros: number): string {
  const size = Math.abs(Math.round(micros));
  const rest = size % MICROS;
  const decimals = rest === 0 ? "" : `.${String(rest).padStart(6, "0").replace(/0+$/, "")}`;
  return `${micros < 0 ? "-" : ""}${grouped((size - rest) / MICROS)}${decimals}`;
}

/** Credits to three digits, for where there is little room: `1.25k`, `1.25万`. */
export function formatCompact(micros: number, locale: string): string {
  const credits = micros / MICROS;
  const [unit, size] = (locale === "zh-CN" ? CHINESE_UNITS : ENGLISH_UNITS).find(([, least]) => credits >= least) ?? [
    "",
    1,
  ];
  return `${Number((credits / size).toPrecision(3))}${unit}`;
}

export function formatCount(count: number): string {
  return grouped(Math.round(count));
}

/** Not Intl's, whose first use takes a twentieth of the page's start. */
function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A part of one as a percentage: `42.0%`. What is only almost nothing or all does not read as nothing or all. */
export function formatShare(share: number, locale: string): string {
  const percent = numbers(locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  if (share === 0 || share === 1) return numbers(locale, { style: "percent" }).format(share);
  if (share > 0 && share < LEAST_SHARE) return `<${percent.format(LEAST_SHARE)}`;
  if (share < 1 && share > 1 - LEAST_SHARE) return `>${percent.format(1 - LEAST_SHARE)}`;
  return percent.format(share);
}

/** `2025-08-25 21:39:44`, as the zone's clock shows it. */
export function formatMoment(ms: number, zone: string): string {
  return `${formatDate(ms, zone)} ${formatClock(ms, zone)}`;
}

/** `2025-08-25` */
export function formatDate(ms: number, zone: string): string {
  const { y, m, d } = msToWall(ms, zone);
  return `${String(y).padStart(4, "0")}-${two(m)}-${two(d)}`;
}

/** `21:39:44` */
export function formatClock(ms: number, zone: string): string {
  const { h, min, s } = msToWall(ms, zone);
  return `${two(h)}:${two(min)}:${two(s)}`;
}

/**
 * `2025-08-25 21:30 – 22:15`: without the date of the end where it is that of the beginning, and without seconds where
 * both are whole minutes.
 */
export function formatStretch(fromMs: number, toMs: number, zone: string): string {
  const [fromDay, toDay] = [formatDate(fromMs, zone), formatDate(toMs, zone)];
  const clocks = [formatClock(fromMs, zone), formatClock(toMs, zone)];
  const [fromClock, toClock] = clocks.every((clock) => clock.endsWith(":00"))
    ? clocks.map((clock) => clock.slice(0, -3))
    : clocks;
  return `${fromDay} ${fromClock} – ${fromDay === toDay ? "" : `${toDay} `}${toClock}`;
}

/** What `useTranslation` gives, as far as it is needed here. */
type Translate = (key: string, options: { count: number }) => string;

/** A stretch of time in its one or two largest units: `45 s`, `1 h 30 min`, `24 h`; in days from two on. */
export function formatSpan(ms: number, t: Translate): string {
  const seconds = Math.max(0, Math.round(ms / SECOND_MS)) * SECOND_MS;
  const [, finest] = unitsOf(seconds);
  // Rounded before the units are chosen, so that 59 min 59.6 s reads as an hour.
  const rounded = Math.round(seconds / finest.ms) * finest.ms;
  const [large, small] = unitsOf(rounded);
  const words = t(large.key, { count: Math.floor(rounded / large.ms) });
  const rest = Math.round((rounded % large.ms) / small.ms);
  return rest === 0 ? words : `${words} ${t(small.key, { count: rest })}`;
}

/** `claude-sonnet-4-20250514` as `sonnet-4`. The full id belongs beside it, in a title. */
export function shortModel(model: string): string {
  return model.replace(/^claude-(?=.)/, "").replace(/(?<=.)-\d{8}$/, "");
}

/** The short name of each model; the full id where two of them would be called the same. */
export function modelNames(models: readonly string[]): Map<string, string> {
  const short = models.map(shortModel);
  const isShared = (name: string) => short.indexOf(name) !== short.lastIndexOf(name);
  return new Map(models.map((model) => [model, isShared(shortModel(model)) ? model : shortModel(model)]));
}

interface Unit {
  ms: number;
  key: string;
}

const SECONDS: Unit = { ms: SECOND_MS, key: "time:seconds" };
const MINUTES: Unit = { ms: MINUTE_MS, key: "time:minutes" };
const HOURS: Unit = { ms: HOUR_MS, key: "time:hours" };
const DAYS: Unit = { ms: DAY_MS, key: "time:days" };

function unitsOf(ms: number): readonly [Unit, Unit] {
  if (ms < MINUTE_MS) return [SECONDS, SECONDS];
  if (ms < HOUR_MS) return [MINUTES, SECONDS];
  return ms < 2 * DAY_MS ? [HOURS, MINUTES] : [DAYS, HOURS];
}

function two(part: number): string {
  return String(part).padStart(2, "0");
}

function numbers(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, options);
    formatters.set(key, formatter);
  }
  return formatter;
}
