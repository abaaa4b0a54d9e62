/** A figure that stands in its page's address: `#view=network&controls=step&v=1&task=first…`. */

import type { RnnFigure } from './rnn-figure.ts';
import { isView, type ViewName } from './views.ts';

/** Beside the state. */
export interface Shown {
  view: ViewName;
  /** undefined: the view's own. */
  controls: string | undefined;
  /** `#v=1&…`, or empty. */
  address: string;
}

export function shownIn(hash: string, otherwise: ViewName): Shown {
  const given = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B'));
  const view = given.get('view') ?? '';
  const controls = given.get('controls') ?? undefined;
  given.delete('view');
  given.delete('controls');
  const address = [...given.keys()].length > 0 ? `#${given}` : '';
  return { view: isView(view) ? view : otherwise, controls, address };
}

export function hashOf({ view, controls, address }: Shown): string {
  const of = new URLSearchParams({ view, ...(controls !== undefined && { controls }) });
  return `#${of}${address ? `&${address.slice(1)}` : ''}`;
}

export function show(figure: RnnFigure, { view, controls, address }: Shown): void {
  figure.view = view;
  figure.controls = controls ?? null;
  figure.address = address;
}
