/** A figure that stands in its page's address: `#view=network&controls=step&v=1&task=first…`. */

import type { RnnFigure } from './rnn-figure.ts';
import { isView, type ViewName } from './views.ts';

/** Beside the state. */
export interface Shown {
  view: ViewName;
  /** undefined: the view's own. */
  controls: string | undefined;
  /** The moment in epochs, where it is said so. */
  epoch?: string | undefined;
  /** `#v=1&…`, or empty. */
  address: string;
}

export function shownIn(hash: string, otherwise: ViewName): Shown {
  const given = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B'));
  const view = given.get('view') ?? '';
  const controls = given.get('controls') ?? undefined;
  const epoch = given.get('epoch') ?? undefined;
  for (const name of ['view', 'controls', 'epoch']) given.delete(name);
  const address = [...given.keys()].length > 0 ? `#${given}` : '';
  return { view: isView(view) ? view : otherwise, controls, epoch, address };
}

export function hashOf({ view, controls, address }: Shown): string {
  const of = new URLSearchParams({ view, ...(controls !== undefined && { controls }) });
  return `#${of}${address ? `&${address.slice(1)}` : ''}`;
}

export function show(figure: RnnFigure, { view, controls, epoch, address }: Shown): void {
  figure.view = view;
  figure.controls = controls ?? null;
  figure.address = address;
  if (epoch === undefined) figure.removeAttribute('epoch');
  else figure.setAttribute('epoch', epoch);
}
