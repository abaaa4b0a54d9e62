/**
 * The network's answers as SVG: a probability, a value on an axis, or a bar for each class; the line that leads up from
 * the top layer; and the target.
 */

import { nothing, svg } from 'lit';
import { targetMark } from '../../shared/data-names.ts';
import { formatNumber } from '../../shared/format.ts';
import { columnX, type Panel } from './network-layout.ts';
import { integers, columns, roundTenth, type Part } from './marks.ts';
import { head, height, overTime } from './paths.ts';
import { unrolledOpacity, classText, columnOpacity, type Scene } from './scene.ts';
import { classOf, predictionOf, targetOf, trained, VALUE_DIGITS } from './trace.ts';
import { P_DIGITS } from './network-sentences.ts';

/** The time steps whose answer is shown: the trained ones, and all others if the reader wants them. */
export const shownAnswers = (s: Scene): number[] => columns(s, 1).filter((t) => s.readouts || trained(s.trace, t));

const bars = (s: Scene): boolean => s.trace.answer === 'classes';

/** The vertical position of the answer at t. For bars, it is their lower end. */
function level(s: Scene, t: number): number {
  return bars(s) ? s.l.output.bottom + 2 : height(s.l.output, s.answerDomain, predictionOf(s.trace, t));
}

/** The line from h_t up to the answer: solid if the loss includes the answer, dashed if it was never trained. */
export function answerLine(s: Scene, t: number): Part {
  const { l } = s;
  const x = roundTenth(columnX(l, t));
  const y = level(s, t) + (bars(s) ? 0 : 7);
  const { top } = l.stack[l.stack.length - 1] as Panel;
  return svg`<g class=${trained(s.trace, t) ? '' : 'untrained'} opacity=${columnOpacity(s, t)}>
    <path class="halo" d="M${x} ${top - 3}V${l.output.bottom}" />
    <path class="way v" d="M${x} ${top - 3}V${roundTenth(y + 5)}" /><path class="tip v" d=${head({ x, y: roundTenth(y) }, 'up')} />
    <rect class="node v" x=${roundTenth(x - 4)} y=${l.rails.v - 4} width="8" height="8" rx="1.5" />
  </g>`;
}

function answer(s: Scene, t: number): Part {
  const { l, trace } = s;
  const solid = trained(trace, t);
  const last = t === l.timesteps;
  const x = columnX(l, t);
  if (bars(s))
    return svg`<g class=${solid ? '' : 'untrained'} opacity=${columnOpacity(s, t)}>${classBars(s, t, x)}</g>`;
  const y = level(s, t);
  const p = predictionOf(trace, t);
  const text = trace.answer === 'value' ? targetMark(s.names, p, VALUE_DIGITS) : formatNumber(p, P_DIGITS);
  const value =
    t === s.timestep
      ? svg`<text class="value ${solid && last ? 'strong' : ''}" x=${roundTenth(x + 12)} y=${roundTenth(y + 4)}>${text}</text>`
      : nothing;
  return svg`<g class=${solid ? '' : 'untrained'} opacity=${columnOpacity(s, t)}>
    ${target(s, t, x, y)}
    <circle class="answer" cx=${roundTenth(x)} cy=${roundTenth(y)} r=${last ? 6 : 4.5} />${value}</g>`;
}

/**
 * A bar for each class, as long as its probability. The most probable class is solid, and the target has a mark at its
 * lower end.
 */
function classBars(s: Scene, t: number, x: number): Part {
  const { l, trace } = s;
  const tall = (l.output.bottom - l.output.top) / trace.outputs;
  const [left, thick] = [x - l.stripWidth / 2, Math.max(1, Math.min(tall - 2, 12))];
  const middle = (k: number): number => l.output.top + (k + 0.5) * tall;
  const best = classOf(trace, t);
  const goal = targetOf(trace, t);
  const p = predictionOf(trace, t, best);
  const far = roundTenth(x + l.stripWidth / 2 + 6);
  // Two lines of text beside the bar, inside the panel.
  const y = Math.min(Math.max(middle(best), l.output.top + 8), l.output.bottom - 14);
  return svg`<rect class="bars" x=${roundTenth(left)} y=${l.output.top} width=${roundTenth(l.stripWidth)} height=${l.output.bottom - l.output.top} />
    ${integers(0, trace.outputs - 1).map((k) => {
      const long = roundTenth(Math.max(0, predictionOf(trace, t, k)) * l.stripWidth) || 0;
      return svg`<rect class="share ${k === best ? 'best' : ''}" x=${roundTenth(left)} y=${roundTenth(middle(k) - thick / 2)} width=${long} height=${roundTenth(thick)} />`;
    })}
    ${goal === undefined ? nothing : svg`<circle class="target one" cx=${roundTenth(left - 7)} cy=${roundTenth(middle(goal))} r="3.5" />`}
    ${
      t === s.timestep
        ? svg`<text class="value strong" x=${far} y=${roundTenth(y + 4)}>${classText(s, best)}</text>
      <text class="value" x=${far} y=${roundTenth(y + 18)}>${formatNumber(p, P_DIGITS)}</text>`
        : nothing
    }`;
}

/**
 * The target beside the answer: ● for 1, ○ for 0, as in the data, and ◆ for a value. The line between target and answer
 * shows what the loss measures.
 */
function target(s: Scene, t: number, x: number, y: number): Part {
  const goal = targetOf(s.trace, t);
  if (goal === undefined) return nothing;
  const at = height(s.l.output, s.answerDomain, goal);
  // Beside the line of V, which comes from below.
  const side = roundTenth(x - 13);
  const worded = t === s.l.timesteps || t === s.timestep;
  // The text is on the free side, because the answer may be close to its target.
  const near = goal > (s.answerDomain[0] + s.answerDomain[1]) / 2 ? y + 19 : y - 12;
  const beside = Math.abs(at - y) > 18 ? at + 4 : near;
  const value = s.trace.answer === 'value';
  return svg`<path class="miss" d="M${roundTenth(x - 6)} ${roundTenth(y)}H${side}V${roundTenth(at)}" />
    ${
      value
        ? svg`<path class="target one" d="M${side} ${roundTenth(at - 5)}l5 5l-5 5l-5 -5z" />`
        : svg`<circle class="target ${goal === 1 ? 'one' : 'none'}" cx=${side} cy=${roundTenth(at)} r="4" />`
    }
    ${worded ? svg`<text class="note" x=${roundTenth(x + 12)} y=${roundTenth(beside)}>y = ${value ? targetMark(s.names, goal, VALUE_DIGITS) : goal}</text>` : nothing}`;
}

export function answers(s: Scene): Part {
  const { l, trace } = s;
  const steps = shownAnswers(s);
  if ((!s.readouts && !trace.everyStep) || bars(s)) return svg`${steps.map((t) => answer(s, t))}`;
  const path = overTime(l, Math.max(1, s.from), s.to, (t) => height(l.output, s.answerDomain, predictionOf(trace, t)));
  return svg`<path class="answer-line ${trace.everyStep ? 'solid' : ''}" d=${path} opacity=${unrolledOpacity(s)} />${steps.map((t) => answer(s, t))}`;
}
