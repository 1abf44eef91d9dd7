// Owns what the settings offer, and what a person may type instead. Bounds are the contract's. Words are `strings`'.

export const INTERVALS_S = [30, 60, 300, 600, 900, 1_800, 3_600] as const;
export const INTERVAL_BOUNDS_S = { min: 10, max: 86_400 } as const;

export const RANGES_MIN = [60, 120, 180, 360, 720, 1_440, 10_080, 43_200] as const;

export const RETENTIONS_DAYS = [7, 30, 90, 180, 365] as const;
export const RETENTION_BOUNDS_DAYS = { min: 1, max: 3_660 } as const;

/** The usual choices, and the present one where it is none of them, in order. */
export function withPresent(choices: readonly number[], present: number): readonly number[] {
  return choices.includes(present) ? choices : [...choices, present].sort((one, other) => one - other);
}

export interface Bounds {
  min: number;
  max: number;
}

/** The whole number that was typed, or null where it is none, or out of bounds. */
export function wholeNumber(text: string, { min, max }: Bounds): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,9}$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value >= min && value <= max ? value : null;
}

/** Whether records that are kept under `present` may go under `wanted`; null keeps for ever. */
export function shortens(wanted: number | null, present: number | null): boolean {
  return wanted !== null && (present === null || wanted < present);
}
