/** Colors as readers with different color vision see them, and how different they look, for tests of the palette. */

export type Triple = readonly [number, number, number];
export type Lab = Triple;
type Matrix = readonly [Triple, Triple, Triple];

const radians = Math.PI / 180;
const apply = (matrix: Matrix, v: Triple): Triple =>
  matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Triple;
const clamp = (v: Triple): Triple => v.map((c) => Math.min(1, Math.max(0, c))) as unknown as Triple;

/** "#rrggbb" as linear RGB (IEC 61966-2-1). */
export function linear(hex: string): Triple {
  const part = (at: number): number => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

/** CIE L*a*b* under D65. */
export function toLab(rgb: Triple): Lab {
  const xyz = apply(
    [
      [0.4123908, 0.3575843, 0.1804808],
      [0.212639, 0.7151687, 0.0721923],
      [0.0193308, 0.1191948, 0.9505322],
    ],
    rgb,
  );
  const white: Triple = [0.9504559, 1, 1.0890578];
  const [x, y, z] = xyz.map((c, i) => {
    const t = c / (white[i] as number);
    return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
  }) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** WCAG 2 contrast ratio. */
export function contrast(a: Triple, b: Triple): number {
  const [low, high] = [a, b].map((c) => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 0.05).sort((p, q) => p - q) as [
    number,
    number,
  ];
  return high / low;
}

/** Machado, Oliveira and Fernandes (2009), severity 1. */
const MACHADO: Record<string, Matrix> = {
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanope: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Brettel, Viénot and Mollon (1997): two half planes, better for tritanopes than one matrix. */
const BRETTEL = {
  normal: [0.03901, -0.02788, -0.01113],
  above: [
    [1.01277, 0.13548, -0.14826],
    [-0.01243, 0.86812, 0.14431],
    [0.07589, 0.805, 0.11911],
  ],
  below: [
    [0.93678, 0.18979, -0.12657],
    [0.06154, 0.81526, 0.1232],
    [-0.37562, 1.12767, 0.24796],
  ],
} as const satisfies { normal: Triple; above: Matrix; below: Matrix };

function brettel(rgb: Triple): Triple {
  const side = BRETTEL.normal.reduce((sum, n, i) => sum + n * (rgb[i] as number), 0);
  return clamp(apply(side >= 0 ? BRETTEL.above : BRETTEL.below, rgb));
}

/** The color that each reader sees, in linear RGB. */
export const SIGHTS: Record<string, (rgb: Triple) => Triple> = {
  'normal sight': (rgb) => rgb,
  ...Object.fromEntries(
    Object.entries(MACHADO).map(([name, matrix]) => [`${name} (Machado)`, (rgb: Triple) => clamp(apply(matrix, rgb))]),
  ),
  'tritanope (Brettel)': brettel,
};

const hue = (a: number, b: number): number => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / radians + 360) % 360);

/** CIEDE2000 with unit weights (ISO/CIE 11664-6). */
export function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const seventh = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const stretch = 1.5 - 0.5 * Math.sqrt(seventh / (seventh + 25 ** 7));
  const [c1, c2] = [Math.hypot(stretch * a1, b1), Math.hypot(stretch * a2, b2)];
  const [h1, h2] = [hue(stretch * a1, b1), hue(stretch * a2, b2)];
  const turn = c1 * c2 === 0 ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const meanHue = c1 * c2 === 0 ? h1 + h2 : middle(h1, h2);
  const [light, chroma] = [(l1 + l2) / 2, (c1 + c2) / 2];

  const dL = (l2 - l1) / (1 + (0.015 * (light - 50) ** 2) / Math.sqrt(20 + (light - 50) ** 2));
  const dC = (c2 - c1) / (1 + 0.045 * chroma);
  const dH = (2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * radians)) / (1 + 0.015 * chroma * hueWeight(meanHue));
  return Math.sqrt(dL * dL + dC * dC + dH * dH + rotation(meanHue, chroma) * dC * dH);
}

function middle(h1: number, h2: number): number {
  const sum = h1 + h2;
  if (Math.abs(h1 - h2) <= 180) return sum / 2;
  return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

function hueWeight(h: number): number {
  const cos = (degrees: number): number => Math.cos(degrees * radians);
  return 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.2 * cos(4 * h - 63);
}

function rotation(h: number, chroma: number): number {
  const angle = 60 * Math.exp(-(((h - 275) / 25) ** 2));
  return -2 * Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)) * Math.sin(angle * radians);
}
