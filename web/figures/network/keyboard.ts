/**
 * The keys of the figure: they move through time and units, and on an x they change its value or move to its neighbors.
 */

import { stepOf } from './sheet-drawing.ts';
import type { FigureHost } from './figure-host.ts';
import { snap } from './scales.ts';
import type { Scene } from './scene.ts';
import type { Typing } from './typing.ts';

/** Handles a key. Returns whether it is one of the figure's keys. */
export function figureKey(figure: FigureHost, key: string, s: Scene): boolean {
  const unit = s.unit ?? 0;
  const times: Record<string, number> = {
    ArrowLeft: s.timestep - 1,
    ArrowRight: s.timestep + 1,
    Home: 0,
    End: s.trace.timesteps,
  };
  const time = times[key];
  if (time !== undefined) {
    figure.walk(time);
    return true;
  }
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    figure.chooseUnit(Math.min(Math.max(unit + (key === 'ArrowDown' ? 1 : -1), 0), s.trace.units));
    figure.speak();
    return true;
  }
  if (key !== 'Escape' || s.unit === undefined) return false;
  figure.chooseUnit(0);
  return true;
}

/**
 * Handles a key on an x_t. Up and down change the value, left and right move to a neighbor. `focus` focuses an x once
 * it has been drawn.
 */
export function inputKey(
  figure: FigureHost,
  typing: Typing,
  key: string,
  s: Scene,
  index: number,
  focus: (index: number) => void,
): boolean {
  const { features } = s.trace;
  const domain = s.domains[index % features] as [number, number];
  const step = stepOf(s, index);
  const value = s.trace.x[index] as number;
  const changes: Record<string, number> = {
    ArrowUp: value + step,
    ArrowDown: value - step,
    PageUp: value + 10 * step,
    PageDown: value - 10 * step,
    Home: domain[0],
    End: domain[1],
  };
  const wanted = changes[key];
  if (wanted !== undefined) {
    typing.setInput(index, snap(Math.min(Math.max(wanted, domain[0]), domain[1]), step), true);
    return true;
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
  const next = index + (key === 'ArrowRight' ? features : -features);
  if (next >= s.timestep * features) figure.move(s.timestep + 1);
  if (next >= 0 && next < s.trace.x.length) focus(next);
  return true;
}
