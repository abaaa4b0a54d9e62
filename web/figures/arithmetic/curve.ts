/** The curve of the activation function as SVG, with the traced point on it. */

import { type SVGTemplateResult, svg } from 'lit';
import { linearScale } from '../../charts/range.ts';
import { thinned, tickTexts, valueTicks } from '../../charts/ticks.ts';
import { activatedLetter, gateOf, sumLetter } from './cell-vocabulary.ts';
import type { Arithmetic, Curve } from './numbers.ts';
import { type Formula, type Letter, toSvg } from './symbols.ts';
import { short } from './calculation-text.ts';

export const CURVE_HEIGHT = 220;
const [RIGHT, TOP, BOTTOM] = [14, 26, 40];
const DIGIT = 7.2;

const fixed = (value: number): number => Math.round(value * 100) / 100;

/** The argument and the value of the function: z and the gate, or an LSTM's cell state and its tanh. */
function names(a: Arithmetic): { name: string; from: Letter; to: Formula } {
  const gate = gateOf(a);
  if (gate) return { name: gate.activation, from: sumLetter(a), to: [activatedLetter(a)] };
  const from = { letter: 'c', low: a.timestep, index: `[${a.unit}]` };
  return { name: 'tanh', from, to: ['tanh(', from, ')'] };
}

export function curvePicture(a: Arithmetic, curve: Curve, width: number): SVGTemplateResult {
  const { name, from, to } = names(a);
  const reach = curve.z.at(-1) as number;
  const [low, high] = name === 'σ' ? [0, 1] : name === 'relu' ? [0, reach] : [-1, 1];
  const up = valueTicks(low, high, 4);
  const upTexts = tickTexts(up);
  const left = Math.max(46, Math.ceil(DIGIT * Math.max(...upTexts.map((text) => text.length))) + 10);
  const x = linearScale([-reach, reach], [left, width - RIGHT]);
  const y = linearScale([low, high], [CURVE_HEIGHT - BOTTOM, TOP]);
  const across = valueTicks(-reach, reach, 5);
  const acrossTexts = tickTexts(across);
  const ticks = thinned(
    across.map((value, k) => ({ x: fixed(x(value)), text: acrossTexts[k] as string })),
    DIGIT,
  );
  const path = Array.from(curve.z, (z, k) => `${k ? 'L' : 'M'}${fixed(x(z))} ${fixed(y(curve.a[k] as number))}`).join(
    '',
  );
  const [z, bent] = [curve.z[curve.at] as number, curve.a[curve.at] as number];
  const [px, py] = [fixed(x(z)), fixed(y(bent))];
  const right = px > width / 2;
  return svg`
    ${ticks.map(
      (tick) => svg`<line class="grid" x1=${tick.x} x2=${tick.x} y1=${TOP} y2=${CURVE_HEIGHT - BOTTOM} />
      <text class="tick" x=${tick.x} y=${CURVE_HEIGHT - BOTTOM + 16} text-anchor="middle">${tick.text}</text>`,
    )}
    ${up.map(
      (
        value,
        k,
      ) => svg`<line class=${value === 0 ? 'zero' : 'grid'} x1=${left} x2=${width - RIGHT} y1=${fixed(y(value))} y2=${fixed(y(value))} />
      <text class="tick" x=${left - 6} y=${fixed(y(value)) + 4} text-anchor="end">${upTexts[k]}</text>`,
    )}
    <path class="curve" d=${path} />
    <path class="guide" d=${`M${px} ${CURVE_HEIGHT - BOTTOM}V${py}H${left}`} />
    <circle class="point" cx=${px} cy=${py} r="5" />
    <text class="label" x=${left} y="14">${toSvg(to)}<tspan class="strong"> = ${short(bent)}</tspan></text>
    <text class="label" x=${width - RIGHT} y="14" text-anchor="end">${name}</text>
    <text class="label" x=${right ? width - RIGHT : left} y=${CURVE_HEIGHT - 6} text-anchor=${right ? 'end' : 'start'}>${toSvg([from])}<tspan class="strong"> = ${short(z)}</tspan></text>`;
}
