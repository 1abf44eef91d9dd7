// Owns stretches of time as the axis knows them: zooming and moving them, and cutting holes out of them. Pure.

/** From `fromMs` on and before `toMs`. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** Nobody looks closer than that: charges are told to the millisecond, but come in seconds. */
export const LEAST_SPAN_MS = 10_000;

export const lengthOf = ({ fromMs, toMs }: Span): number => toMs - fromMs;

export const isSameSpan = (one: Span, other: Span): boolean => one.fromMs === other.fromMs && one.toMs === other.toMs;

export const overlaps = (one: Span, other: Span): boolean => one.fromMs < other.toMs && one.toMs > other.fromMs;

/** Returns the span moved, and shortened where it must be, so that it lies in `bounds`. Times stay whole. */
export function fitted(span: Span, bounds: Span): Span {
  const length = Math.min(Math.round(lengthOf(span)), lengthOf(bounds));
  const fromMs = Math.min(Math.max(Math.round(span.fromMs), bounds.fromMs), bounds.toMs - length);
  return { fromMs, toMs: fromMs + length };
}

/** Returns the span made `factor` times as long (below 1: closer), with `aboutMs` left where it is on the screen. */
export function zoomedAbout(span: Span, aboutMs: number, factor: number, bounds: Span): Span {
  const least = Math.min(LEAST_SPAN_MS, lengthOf(bounds));
  const length = Math.max(lengthOf(span) * factor, least);
  const share = (aboutMs - span.fromMs) / lengthOf(span);
  const fromMs = aboutMs - share * length;
  return fitted({ fromMs, toMs: fromMs + length }, bounds);
}

/** Returns the span moved by a share of its length: positive is later. */
export function movedBy(span: Span, share: number, bounds: Span): Span {
  const byMs = share * lengthOf(span);
  return fitted({ fromMs: span.fromMs + byMs, toMs: span.toMs + byMs }, bounds);
}

/** Returns the span between two moments in either order, no shorter than can be zoomed to. */
export function spanBetween(oneMs: number, otherMs: number, bounds: Span): Span {
  const fromMs = Math.min(oneMs, otherMs);
  const toMs = Math.max(oneMs, otherMs);
  const spare = Math.max(0, LEAST_SPAN_MS - (toMs - fromMs)) / 2;
  return fitted({ fromMs: fromMs - spare, toMs: toMs + spare }, bounds);
}

/** Returns the holes that overlap the span, cut to it, oldest first, those that touch as one. */
export function holesIn(holes: readonly Span[], span: Span): readonly Span[] {
  const cut = holes
    .filter((hole) => overlaps(hole, span))
    .map((hole) => ({ fromMs: Math.max(hole.fromMs, span.fromMs), toMs: Math.min(hole.toMs, span.toMs) }))
    .sort((one, other) => one.fromMs - other.fromMs);
  const joined: Span[] = [];
  for (const hole of cut) {
    const last = joined.at(-1);
    if (last && hole.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, hole.toMs);
    else joined.push(hole);
  }
  return joined;
}

/** Returns what is left of the span without the holes, which are those of `holesIn`. */
export function without(span: Span, holes: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  let fromMs = span.fromMs;
  for (const hole of holes) {
    if (hole.toMs <= fromMs) continue;
    if (hole.fromMs >= span.toMs) break;
    if (hole.fromMs > fromMs) left.push({ fromMs, toMs: hole.fromMs });
    fromMs = hole.toMs;
  }
  if (fromMs < span.toMs) left.push({ fromMs, toMs: span.toMs });
  return left;
}
