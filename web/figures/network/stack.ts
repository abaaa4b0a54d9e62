/**
 * The layers that are not chosen, as SVG: lines through time, and from layer to layer. Their cells are painted by
 * cell-painting.ts.
 */

import { nothing, svg } from 'lit';
import { columnX, type Panel, withStrips } from './network-layout.ts';
import { integers, columns, appearingColumn, roundTenth, type Part, symbol } from './marks.ts';
import { connector, head } from './paths.ts';
import { loopCut, columnOpacity, type Scene } from './scene.ts';
import { translate } from '../../shared/translate.ts';

/** Every layer except the chosen one, with its strips. */
export function otherLayers(s: Scene): { layer: number; panel: Panel }[] {
  return s.l.stack.map((panel, k) => ({ layer: k + 1, panel })).filter(({ layer }) => layer !== s.l.layer);
}

/**
 * The lines from layer to layer at time t: h of one layer is x of the next. The input of the chosen layer is drawn with
 * U.
 */
function layerLine(s: Scene, t: number): Part {
  const { l } = s;
  const x = roundTenth(columnX(l, t));
  const steps = integers(2, l.stack.length).filter((layer) => layer !== l.layer);
  return svg`<g opacity=${columnOpacity(s, t)}>${steps.map((layer) => {
    const [below, above] = [l.stack[layer - 2] as Panel, l.stack[layer - 1] as Panel];
    return svg`<path class="halo" d="M${x} ${below.top - 3}V${above.bottom + 8}" />
      <path class="pass" d="M${x} ${below.top - 3}V${above.bottom + 5}" /><path class="pass-tip" d=${head({ x, y: above.bottom + 2 }, 'up')} />`;
  })}${l.layer > 1 ? fromInput(s, t) : nothing}</g>`;
}

function fromInput(s: Scene, t: number): Part {
  const { l } = s;
  const x = roundTenth(columnX(l, t));
  const [lowest] = l.stack as [Panel];
  return svg`<path class="pass" d="M${x} ${(l.inputs[0] as Panel).top - 4}V${lowest.bottom + 5}" />
    <path class="pass-tip" d=${head({ x, y: lowest.bottom + 2 }, 'up')} />`;
}

/** The lines through time. Each layer has its own recurrence. */
function timeLine(s: Scene, t: number, panel: Panel): Part {
  const { l } = s;
  if (l.fold >= 1 && t < s.timestep) return nothing;
  const { path, end } = connector(withStrips(l, panel, 1), t);
  if (loopCut(s, t)) return svg`<path class="pass cut" d=${path} />`;
  return svg`<path class="pass" d=${path} /><path class="pass-tip" d=${head(end, 'right')} />`;
}

export function stackUnder(s: Scene): Part {
  if (s.l.stack.length === 1) return nothing;
  const steps = [...integers(Math.max(1, s.from), s.to), ...appearingColumn(s)];
  return svg`${otherLayers(s).map(({ panel }) => steps.map((t) => timeLine(s, t, panel)))}
    ${[...columns(s, 1), ...appearingColumn(s)].map((t) => layerLine(s, t))}`;
}

/** The names of the layers in the gutter. */
export function stackNames(s: Scene): Part {
  const { l } = s;
  if (l.stack.length === 1) return nothing;
  const right = l.gutter.labelRight;
  const last = l.stack.length;
  const name = (layer: number): string =>
    layer === last && !l.gutter.narrow ? translate(`layer ${layer}, the top`) : translate(`layer ${layer}`);
  return svg`${otherLayers(s).map(
    ({
      layer,
      panel,
    }) => svg`<text class="row" x=${right} y=${(panel.top + panel.bottom) / 2 - (l.gutter.narrow ? 4 : 3)} text-anchor="end">${name(layer)}</text>
    <text class="note" x=${right} y=${(panel.top + panel.bottom) / 2 + 14} text-anchor="end">${symbol('h', 't')}</text>`,
  )}`;
}
