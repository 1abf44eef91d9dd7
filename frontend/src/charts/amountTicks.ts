// Owns the ticks of the axis of amounts: from nothing, at round numbers, with room above the highest. Pure.

/** At the top, so that no line touches the border. */
const HEADROOM = 1.05;
const TICK_EVERY_PX = 52;
const ONE_CREDIT = 1_000_000;

/** Returns the ticks in micros; the last is the top of the axis. */
export function amountTicks(highestMicros: number, heightPx: number): readonly number[] {
  const most = Math.max(2, Math.floor(heightPx / TICK_EVERY_PX));
  const wanted = highestMicros > 0 ? highestMicros * HEADROOM : ONE_CREDIT;
  const step = roundStep(wanted / most);
  const count = Math.max(1, Math.ceil(wanted / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** The least of 1, 2 and 5 times a power of ten that is no less; whole micros. */
function roundStep(micros: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, micros)));
  return Math.max(1, Math.round(([1, 2, 5, 10].find((times) => times * power >= micros) ?? 10) * power));
}
