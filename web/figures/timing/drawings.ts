/** The pictures of `<rnn-timing>`. They hold no times, which are beside them. */

import { nothing, svg, type SVGTemplateResult } from 'lit';
import { linearScale } from '../../charts/range.ts';
import { grouped } from '../../shared/format.ts';
import { translate } from '../../shared/translate.ts';
import { LANES, type TimedReading } from './readings.ts';

/** The distance between chains that lie below each other: less if there are many. */
const pitchOf = (sequences: number): number => (sequences > 10 ? 1.25 : 6);

/** A line for each sequence. Its length is the number of its steps, of `most` at the full width. */
export function chains(
  { sequences, steps }: Pick<TimedReading, 'sequences' | 'steps'>,
  most: number,
  width: number,
): SVGTemplateResult {
  const pitch = pitchOf(sequences);
  const height = Math.max(8, sequences * pitch);
  const end = (width * steps) / most;
  const lines = Array.from({ length: sequences }, (_, i) => `M0 ${(i + 0.5) * (height / sequences)}H${end}`).join('');
  return svg`<svg class="drawing" aria-hidden="true" viewBox=${`0 0 ${width} ${height}`} height=${height}>
    <path class=${sequences > 10 ? 'chain thin' : 'chain'} d=${lines} />
  </svg>`;
}

const PLACE = 12;

/** The places of the vectors that one time step needs: filled where there is a sequence. */
export function lanes(sequences: number): SVGTemplateResult {
  const vectors = Math.ceil(sequences / LANES);
  const width = vectors * (LANES * PLACE + 8);
  return svg`<svg aria-hidden="true" class="lanes drawing" viewBox=${`0 0 ${width} ${PLACE + 2}`} width=${width} height=${PLACE + 2}>
    ${Array.from({ length: vectors * LANES }, (_, i) => svg`<rect class=${i < sequences ? 'place full' : 'place'} x=${1 + i * PLACE + 8 * Math.floor(i / LANES)} y="1" width=${PLACE - 2} height=${PLACE - 2} rx="2" />`)}
  </svg>`;
}

/** The multiplications by U, W and V, one after another, of `most` at the full width. */
export function parts({ multiplications: { u, w, v } }: TimedReading, most: number, width: number): SVGTemplateResult {
  const x = linearScale([0, most], [0, width]);
  const pieces = [
    { kind: 'u', from: 0, to: u },
    { kind: 'w', from: u, to: u + w },
    { kind: 'v', from: u + w, to: u + w + v },
  ];
  return svg`<svg class="drawing" aria-hidden="true" viewBox=${`0 0 ${width} 18`} height="18">
    ${pieces.map(({ kind, from, to }) => (to > from ? svg`<rect class=${kind} x=${x(from)} width=${Math.max(1, x(to) - x(from))} height="18" />` : nothing))}
  </svg>`;
}

const LEAVES = 8;
const R = 14;

/** Eight steps one after another, and the same eight steps joined in pairs. */
export function tree(width: number): SVGTemplateResult {
  const x = (i: number): number => linearScale([0, LEAVES - 1], [R + 2, width - R - 2])(i);
  const node = (at: number, y: number, text: string): SVGTemplateResult =>
    svg`<circle class="node" cx=${at} cy=${y} r=${R} /><text class="inside" x=${at} y=${y + 4} text-anchor="middle">${text}</text>`;
  const all = Array.from({ length: LEAVES }, (_, i) => i);
  const chainY = 46;
  const levelY = (level: number): number => 124 + 54 * level;
  const middle = (level: number, k: number): number => {
    const [from, to] = [k * 2 ** level, (k + 1) * 2 ** level - 1];
    return (x(from) + x(to)) / 2;
  };
  const levels = [0, 1, 2, 3];
  const height = levelY(3) + R + 4;
  return svg`<svg class="drawing" aria-hidden="true" viewBox=${`0 0 ${width} ${height}`} height=${height}>
    <text class="strong" x="0" y="14">${translate(`With tanh: ${LEAVES} rounds`)}</text>
    ${all.slice(1).map((i) => svg`<path class="join" d=${`M${x(i - 1) + R} ${chainY}H${x(i) - R - 1}`} /><path class="tip" d=${`M${x(i) - R - 1} ${chainY}l-5 -3.5v7z`} />`)}
    ${all.map((i) => node(x(i), chainY, String(i + 1)))}
    <text class="strong" x="0" y="94">${translate(`Without tanh: ${levels.length - 1} rounds`)}</text>
    ${levels
      .slice(1)
      .flatMap((level) =>
        Array.from({ length: LEAVES / 2 ** level }, (_, k) =>
          [2 * k, 2 * k + 1].map(
            (child) =>
              svg`<path class="join" d=${`M${middle(level - 1, child)} ${levelY(level - 1) + R}L${middle(level, k)} ${levelY(level) - R}`} />`,
          ),
        ),
      )}
    ${levels.flatMap((level) =>
      Array.from({ length: LEAVES / 2 ** level }, (_, k) => {
        const [first, last] = [k * 2 ** level + 1, (k + 1) * 2 ** level];
        return node(middle(level, k), levelY(level), level === 0 ? String(first) : `${first}–${last}`);
      }),
    )}
  </svg>`;
}

/** Said of a bar of multiplications, with what each matrix takes. */
export const partsText = ({ multiplications: { u, w, v } }: TimedReading): string =>
  w > 0
    ? translate(`U ${grouped(u)} + W ${grouped(w)} + V ${grouped(v)}`)
    : translate(`Its weights ${grouped(u)} + V ${grouped(v)}`);
