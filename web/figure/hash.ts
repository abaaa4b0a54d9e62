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
  /** Large, for a room. */
  projector?: boolean;
  /** `#v=1&…`, or empty. */
  address: string;
}

export function shownIn(hash: string, otherwise: ViewName): Shown {
  const given = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B'));
  const view = given.get('view') ?? '';
  const controls = given.get('controls') ?? undefined;
  const epoch = given.get('epoch') ?? undefined;
  const projector = given.get('projector') === '1';
  for (const name of ['view', 'controls', 'epoch', 'projector']) given.delete(name);
  const address = [...given.keys()].length > 0 ? `#${given}` : '';
  return { view: isView(view) ? view : otherwise, controls, epoch, projector, address };
}

export function hashOf({ view, controls, projector, address }: Shown): string {
  const of = new URLSearchParams({ view, ...(controls !== undefined && { controls }), ...(projector && { projector: '1' }) });
  return `#${String(of).replaceAll('%2C', ',')}${address ? `&${address.slice(1)}` : ''}`;
}

export function show(figure: RnnFigure, { view, controls, epoch, projector = false, address }: Shown): void {
  figure.view = view;
  figure.controls = controls ?? null;
  figure.projector = projector;
  figure.address = address;
  if (epoch === undefined) figure.removeAttribute('epoch');
  else figure.setAttribute('epoch', epoch);
}
