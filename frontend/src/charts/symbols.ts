// Owns the shapes that tell models apart where colour does not: outlines around (0, 0), 10 units wide and high.

export const SYMBOLS = {
  circle: "M-5 0A5 5 0 1 1 5 0A5 5 0 1 1 -5 0Z",
  square: "M-4.4 -4.4H4.4V4.4H-4.4Z",
  triangle: "M0 -5L5 4.2H-5Z",
  diamond: "M0 -5.6L5.2 0L0 5.6L-5.2 0Z",
  wedge: "M0 5L5 -4.2H-5Z",
  plus: "M-1.7 -5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z",
  bar: "M-2.2 -5H2.2V5H-2.2Z",
  cross: "M-5 -2.8L-2.8 -5L0 -2.2L2.8 -5L5 -2.8L2.2 0L5 2.8L2.8 5L0 2.2L-2.8 5L-5 2.8L-2.2 0Z",
} as const;

export type SymbolName = keyof typeof SYMBOLS;
