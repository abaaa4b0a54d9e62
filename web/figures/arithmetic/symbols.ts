/** Formulas in small pieces, written as HTML, as SVG, as text and as speech. */

import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { translate } from '../../shared/translate.ts';

export type Role = 'u' | 'w' | 'b';

/** A letter of the formula: h, with a low 3 and the index [5]. */
export interface Letter {
  letter: string;
  low?: string | number;
  index?: string;
  role?: Role;
}

export type Piece = string | Letter;
export type Formula = readonly Piece[];

const isLetter = (piece: Piece): piece is Letter => typeof piece !== 'string';

export const toHtml = (formula: Formula): TemplateResult[] =>
  formula.map((piece) =>
    isLetter(piece)
      ? html`<span class=${`role ${piece.role ?? ''}`}><var>${piece.letter}</var>${piece.low === undefined ? '' : html`<sub>${piece.low}</sub>`}${piece.index ?? ''}</span>`
      : html`${piece}`,
  );

/** For a text of SVG: the pieces after a low one rise again. */
export const toSvg = (formula: Formula): SVGTemplateResult[] =>
  formula.map((piece) =>
    isLetter(piece)
      ? svg`<tspan class=${`math ${piece.role ?? ''}`}>${piece.letter}</tspan>${
          piece.low === undefined
            ? ''
            : svg`<tspan class="low" dy="3">${piece.low}</tspan><tspan dy="-3">${'\u200b'}</tspan>`
        }${piece.index === undefined ? '' : svg`<tspan>${piece.index}</tspan>`}`
      : svg`<tspan>${piece}</tspan>`,
  );

/** "W[5,7]·h_2[7]" */
export const toText = (formula: Formula): string =>
  formula
    .map((piece) =>
      isLetter(piece) ? `${piece.letter}${piece.low === undefined ? '' : `_${piece.low}`}${piece.index ?? ''}` : piece,
    )
    .join('');

/** "W [5,7] times h 2 [7]" */
export const toSpeech = (formula: Formula): string =>
  formula
    .map((piece) =>
      isLetter(piece)
        ? [piece.letter, piece.low, piece.index].filter((part) => part !== undefined).join(' ')
        : piece.replace('·', ` ${translate('times')} `).replace('−', ` ${translate('minus')} `),
    )
    .join('');
