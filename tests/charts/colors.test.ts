/** U, W, V and the gradient have one color each, which must look different to every reader and be readable as text. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ciede2000, contrast, type Lab, linear, SIGHTS, toLab, type Triple } from './color-vision.ts';

const tokens = readFileSync(new URL('../../web/style/tokens.css', import.meta.url), 'utf8');
const THEMES = ['light', 'dark'] as const;
const ROLES = ['u', 'w', 'v', 'gradient'] as const;

/** The color of a token in one theme, as linear RGB. */
function color(name: string, theme: (typeof THEMES)[number]): Triple {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\);`).exec(tokens);
  assert.ok(found, `tokens.css has no --${name} of the form light-dark(#rrggbb, #rrggbb)`);
  return linear(found[THEMES.indexOf(theme) + 1] as string);
}

for (const theme of THEMES) {
  for (const [sight, see] of Object.entries(SIGHTS)) {
    test(`${theme}: roles are at least ΔE 20 apart, ${sight}`, () => {
      const seen = ROLES.map((role) => toLab(see(color(role, theme))));
      for (let i = 0; i < ROLES.length; i++) {
        for (let j = 0; j < i; j++) {
          const distance = ciede2000(seen[i] as Lab, seen[j] as Lab);
          assert.ok(distance >= 20, `${ROLES[i]} and ${ROLES[j]}: ${distance.toFixed(1)}`);
        }
      }
    });
  }

  test(`${theme}: all text has contrast AA on paper and surface`, () => {
    for (const name of [...ROLES, 'ink', 'ink-2', 'handle', 'error', 'train', 'fresh']) {
      for (const ground of ['paper', 'surface']) {
        const ratio = contrast(color(name, theme), color(ground, theme));
        assert.ok(ratio >= 4.5, `--${name} on --${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });

  test(`${theme}: graphics without text have contrast 3 on paper`, () => {
    for (const name of ['edge', 'focus', 'select', 'ghost', 'neg', 'pos']) {
      const ratio = contrast(color(name, theme), color('paper', theme));
      assert.ok(ratio >= 3, `--${name}: ${ratio.toFixed(2)}`);
    }
  });
}

test('CIEDE2000 gives the published values', () => {
  // Sharma, Wu and Dalal (2005), table 1: pairs that reach each branch of the formula.
  const pairs: [Lab, Lab, number][] = [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1],
    [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[50, 2.5, 0], [61, -5, 29], 22.8977],
    [[50, 2.5, 0], [56, -27, -3], 31.903],
    [[50, 2.5, 0], [58, 24, 15], 19.4535],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ];
  for (const [a, b, expected] of pairs) {
    assert.ok(Math.abs(ciede2000(a, b) - expected) < 5e-5, `${a} and ${b}`);
    assert.equal(ciede2000(a, b), ciede2000(b, a));
  }
});

test('the simulations of color vision keep grays and confuse the right colors', () => {
  const apart = (a: string, b: string, sight: string): number => {
    const see = SIGHTS[sight] as (rgb: Triple) => Triple;
    return ciede2000(toLab(see(linear(a))), toLab(see(linear(b))));
  };
  for (const see of Object.values(SIGHTS))
    for (const part of see([0.4, 0.4, 0.4])) assert.ok(Math.abs(part - 0.4) < 1e-4);
  // A red and a green, and a blue and a green, of equal lightness: very different for most readers, similar for these.
  const normal = apart('#b45a3c', '#7d7a1e', 'normal sight');
  for (const sight of ['deuteranope (Machado)', 'protanope (Machado)'])
    assert.ok(apart('#b45a3c', '#7d7a1e', sight) < 0.62 * normal, sight);
  const cool = apart('#2f86c8', '#2a8f86', 'normal sight');
  for (const sight of ['tritanope (Machado)', 'tritanope (Brettel)'])
    assert.ok(apart('#2f86c8', '#2a8f86', sight) < 0.5 * cool, sight);
});
