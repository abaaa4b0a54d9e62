/** A figure that stands in its page's address: `#view=network&controls=step&v=1&task=first…`. */

import type { RnnFigure } from './rnn-figure.ts';
import { firstAddress } from './attributes.ts';
import { isView, type ViewName, viewOf } from './views.ts';

export type Scheme = 'light' | 'dark';

/** Beside the state. */
export interface Shown {
  view: ViewName;
  /** What was asked for, where there is no such view: the figure tells it. */
  asked?: string | undefined;
  /** undefined: the view's own. */
  controls: string | undefined;
  /** The moment in epochs, where it is said so. */
  epoch?: string | undefined;
  /** Large, for a room. */
  projector?: boolean;
  /** Light or dark, whatever the reader has. */
  scheme?: Scheme | undefined;
  /** How wide it will stand: for the page that sets it up. */
  width?: 'wide' | 'narrow' | undefined;
  /** `#v=1&…`, or empty. */
  address: string;
}

export function shownIn(hash: string, otherwise: ViewName): Shown {
  const given = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B'));
  const view = given.get('view') ?? '';
  const controls = given.get('controls') ?? undefined;
  const epoch = given.get('epoch') ?? undefined;
  const projector = given.get('projector') === '1';
  const [scheme, width] = [given.get('scheme'), given.get('width')];
  for (const name of ['view', 'controls', 'epoch', 'projector', 'scheme', 'width']) given.delete(name);
  const address = [...given.keys()].length > 0 ? `#${given}` : '';
  return {
    ...{ view: isView(view) ? view : otherwise, controls, projector },
    ...(view !== '' && !isView(view) && { asked: view }),
    ...((scheme === 'light' || scheme === 'dark') && { scheme }),
    ...((width === 'wide' || width === 'narrow') && { width }),
    ...momentIn(isView(view) ? view : otherwise, address, epoch),
  };
}

/** A moment in epochs becomes a part of the state; the figure tells what is wrong with one that cannot. */
function momentIn(view: ViewName, address: string, epoch: string | undefined): Pick<Shown, 'address' | 'epoch'> {
  if (epoch === undefined || viewOf(view).page !== 'lab') return { address };
  const read = firstAddress('lab', (key) => (key === 'state' ? address : key === 'epoch' ? epoch : null));
  return read.notice ? { address, epoch } : { address: read.address };
}

export function hashOf({ view, controls, projector, scheme, width, address }: Shown): string {
  const of = new URLSearchParams({ view, ...(controls !== undefined && { controls }), ...(projector && { projector: '1' }), ...(scheme && { scheme }), ...(width && { width }) });
  return `#${String(of).replaceAll('%2C', ',')}${address ? `&${address.slice(1)}` : ''}`;
}

export function show(figure: RnnFigure, { view, asked, controls, epoch, projector = false, address }: Shown): void {
  figure.view = asked ?? view;
  figure.controls = controls ?? null;
  figure.projector = projector;
  figure.address = address;
  if (epoch === undefined) figure.removeAttribute('epoch');
  else figure.setAttribute('epoch', epoch);
}
