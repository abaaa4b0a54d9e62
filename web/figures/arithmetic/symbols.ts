/** Formulas as lists of pieces that can be rendered as HTML, SVG, text or speech. */

import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { translate } from '../../shared/translate.ts';

export type Role = 'u' | 'w' | 'b';

/** A letter with its subscript and index, for example h with the subscript 3 and the index [5]. */
export interface Letter {
  letter: string;
  low?: string | number;
  index?: string;
  role?: Role;
}

type Piece = string | Letter;
export type Formula = readonly Piece[];

const isLetter = (piece: Piece): piece is Letter => typeof piece !== 'string';

export const toHtml = (formula: Formula): TemplateResult[] =>
  formula.map((piece) =>
    isLetter(piece)
      ? html`<span class=${`role ${piece.role ?? ''}`}><var>${piece.letter}</var>${piece.low === undefined ? '' : html`<sub>${piece.low}</sub>`}${piece.index ?? ''}</span>`
      : html`${piece}`,
  );

/** In SVG, the piece after a subscript is shifted up again. */
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

/** For example "W[5,7]·h_2[7]". */
export const toText = (formula: Formula): string =>
  formula
    .map((piece) =>
      isLetter(piece) ? `${piece.letter}${piece.low === undefined ? '' : `_${piece.low}`}${piece.index ?? ''}` : piece,
    )
    .join('');

/** For example "W [5,7] times h 2 [7]". */
export const toSpeech = (formula: Formula): string =>
  formula
    .map((piece) =>
      isLetter(piece)
        ? [piece.letter, piece.low, piece.index].filter((part) => part !== undefined).join(' ')
        : piece.replace('·', ` ${translate('times')} `).replace('−', ` ${translate('minus')} `),
    )
    .join('');
