// Owns the asking for what `needs` says, and what is told while an answer is on its way. The state is `store`'s.
import type { Result } from "@/api/problem.ts";
import type { Charge, RecordsAnswer } from "@/api/schemas.ts";
import { getCharges, getSums } from "@/api/usage.ts";
import type { Records } from "@/state/model.ts";
import type { Need } from "@/state/needs.ts";
import type { Action } from "@/state/reducer.ts";
import { sumsOf } from "@/state/sums.ts";

const DAY_MS = 86_400_000;

/** Asks for each need once and dispatches the answer; `overhear` is to be given all charges that the stream tells. */
export function makeLoader(dispatch: (action: Action) => void) {
  const underWay = new Set<Charge[]>();

  async function load(need: Need): Promise<void> {
    const since: Charge[] = [];
    underWay.add(since);
    dispatch({ type: "asked", slot: need.slot, key: need.key });
    const result = await answer(need);
    underWay.delete(since);
    const { slot, key } = need;
    if (!result.ok) dispatch({ type: "failed", slot, key, problem: result.problem });
    else dispatch({ type: "answered", slot, key, ...result.value, since });
  }

  return {
    load,
    overhear: (charges: readonly Charge[]) => {
      for (const since of underWay) since.push(...charges);
    },
  };
}

async function answer({ fromMs, toMs, bucketSeconds }: Need) {
  // A window that grows ends far enough ahead for the clocks of page and server to differ by a day.
  const query = { fromMs, toMs: toMs ?? Math.max(Date.now(), fromMs) + DAY_MS };
  if (bucketSeconds === null) return mapped(await getCharges(query), (value) => recordsOf(value, toMs));
  return mapped(await getSums(query, bucketSeconds), (value) => sumsOf(value, toMs));
}

function recordsOf(value: RecordsAnswer, toMs: number | null): Records {
  return { kind: "records", fromMs: value.from, toMs, charges: value.records };
}

function mapped<T extends Pick<RecordsAnswer, "gaps">, U>(result: Result<T>, dataOf: (value: T) => U) {
  if (!result.ok) return result;
  return { ok: true as const, value: { data: dataOf(result.value), gaps: result.value.gaps } };
}
