// Owns how wide the small text of the axes is, near enough to leave room for it without asking a browser.

const DIGIT_PX = 6.5;
const WIDE_PX = 11.5;
const LAST_NARROW = 0x2e80; // from here on, East Asian characters

/** Returns the width of a text at 11 px, rather too much than too little. */
export function textPx(text: string): number {
  return [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < LAST_NARROW ? DIGIT_PX : WIDE_PX), 0);
}
