// Owns the axis of amounts: from nothing to a little above the highest, with ticks at round numbers. Pure.

export interface AmountAxis {
  ticks: readonly number[];
  topMicros: number;
}

/** No line touches the top border. */
const HEADROOM = 1.08;
const LEAST_STEP_PX = 36;
const ONE_CREDIT = 1_000_000;

export function amountAxis(highestMicros: number, heightPx: number): AmountAxis {
  const topMicros = highestMicros > 0 ? highestMicros * HEADROOM : ONE_CREDIT;
  const most = Math.max(2, Math.floor(heightPx / LEAST_STEP_PX));
  const step = roundStep(topMicros / most);
  return { ticks: Array.from({ length: Math.floor(topMicros / step) + 1 }, (_, index) => index * step), topMicros };
}

/** The least of 1, 2 and 5 times a power of ten that is no less; whole micros. */
function roundStep(micros: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, micros)));
  return Math.max(1, Math.round(([1, 2, 5, 10].find((times) => times * power >= micros) ?? 10) * power));
}
