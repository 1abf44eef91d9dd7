import { describe, expect, test } from "vitest";
import { HUE_COUNT, lookOf, SLOT_COUNT, type Theme } from "@/charts/hues.ts";
import { SYMBOLS } from "@/charts/symbols.ts";

type Triple = readonly [number, number, number];

const SURFACES: Record<Theme, string> = { light: "#ffffff", dark: "#131316" };

// How the blind to one of the three cone types see linear sRGB: Machado, Oliveira and Fernandes, "A Physiologically-based
// Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, severity 1.0.
const SIGHTS: Record<string, readonly [Triple, Triple, Triple]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const dot = (one: Triple, other: Triple) => one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
const each = (triple: Triple, change: (value: number) => number): Triple => [
  change(triple[0]),
  change(triple[1]),
  change(triple[2]),
];

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function seen(color: Triple, [red, green, blue]: readonly [Triple, Triple, Triple]): Triple {
  return each([dot(red, color), dot(green, color), dot(blue, color)], (value) => Math.min(1, Math.max(0, value)));
}

/** OKLab (Ottosson 2020), in which equal distances look about equally far. */
function lab(color: Triple): Triple {
  const lms: Triple = [
    dot([0.4122214708, 0.5363325363, 0.0514459929], color),
    dot([0.2119034982, 0.6806995451, 0.1073969566], color),
    dot([0.0883024619, 0.2817188376, 0.6299787005], color),
  ];
  const roots = each(lms, Math.cbrt);
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], roots),
    dot([1.9779984951, -2.428592205, 0.4505937099], roots),
    dot([0.0259040371, 0.7827717662, -0.808675766], roots),
  ];
}

const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex));

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((first, second) => first - second);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const colors = (theme: Theme) => Array.from({ length: HUE_COUNT }, (_, slot) => lookOf(slot, theme).color);

describe.each<Theme>(["light", "dark"])("in the %s theme", (theme) => {
  test.each(Object.entries(SIGHTS))("every two hues are far apart for %s sight", (_, sight) => {
    const labs = colors(theme).map((hex) => lab(seen(linear(hex), sight)));
    const distances = labs.flatMap((one, index) =>
      labs.slice(0, index).map((other) => Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])),
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.1); // five times what is just noticed
  });

  test("every hue stands out from the surface", () => {
    for (const color of colors(theme)) expect(contrast(color, SURFACES[theme])).toBeGreaterThanOrEqual(3);
  });
});

test("no two slots look alike without their colours", () => {
  const signs = Array.from({ length: SLOT_COUNT }, (_, slot) => {
    const { symbol, dash } = lookOf(slot, "light");
    return `${SYMBOLS[symbol]} ${dash !== null}`;
  });
  expect(new Set(signs).size).toBe(SLOT_COUNT);
});
