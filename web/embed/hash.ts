/** A figure in the address of its page: `#view=network&controls=step&v=1&task=first…`. */

import type { RnnFigure } from './rnn-figure.ts';
import { FIELDS, firstAddress, PAGES } from './attributes.ts';
import { fromAddress, toAddress, VERSION } from '../state/address.ts';
import { cleanAddress, writeAddress } from '../state/location.ts';
import { fieldsOf, isState, pageHash, queryWithoutState } from '../state/parse-link.ts';
import { isView, type ViewName, viewOf } from './views.ts';

export type Scheme = 'light' | 'dark';

/** The fields of the hash in addition to the state. */
export interface FigureAddress {
  view: ViewName;
  /** The view that was asked for, if there is none of that name; the figure reports it. */
  asked?: string | undefined;
  /** The chapter of the lesson, by its name or number. */
  chapter?: string | undefined;
  /** Undefined: the default controls of the view. */
  controls: string | undefined;
  /** The moment in epochs, if it is given so. */
  epoch?: string | undefined;
  /** True for a large figure, for a classroom. */
  projector?: boolean;
  /** The color scheme, independent of the reader's preference. */
  scheme?: Scheme | undefined;
  /** The width in the final page, for the page that configures the figure. */
  width?: 'wide' | 'narrow' | undefined;
  /** For the page that configures the figure: show it as the class will see it, and the folder that its texts name. */
  as?: 'class' | undefined;
  base?: 'beside' | undefined;
  /** `#v=1&…`, or empty. */
  address: string;
}

/** The keys that stand beside the state, in the address of a page with one figure. */
const KEYS = ['view', 'chapter', 'controls', 'epoch', 'projector', 'scheme', 'width', 'as', 'base'] as const;
export const ALL_KEYS: readonly string[] = [...KEYS, ...FIELDS];

/** The figure that the page's address asks for. */
export const figureOfPage = (otherwise: ViewName): FigureAddress =>
  figureOfHash(pageHash(location, ALL_KEYS), otherwise);

/**
 * What `unrolled.html` shows: the lesson, if its address says nothing. A state without a view is one of the notebook,
 * which the file began with before it held the lesson.
 */
export const viewOfFile = (hash: string): ViewName => (hash.length > 1 ? 'notebook' : 'lesson');

/** @returns The page's hash, which now holds the figure. `isNew`: Back returns to the previous one. */
export function writeFigure(shown: FigureAddress, isNew = false): string {
  const hash = hashOf(shown);
  const url = location.pathname + queryWithoutState(location.search, ALL_KEYS) + hash;
  if (isNew || url !== location.pathname + location.search + location.hash) writeAddress(url, isNew);
  return location.hash;
}

/**
 * Rewrites the address in the form that these pages use. A value that was reported stays, so that the reader can
 * correct it. @returns The page's hash.
 */
export function cleanFigure(shown: FigureAddress): string {
  const { page: name } = viewOf(shown.view);
  if (name === 'lesson') return cleanAddress(ALL_KEYS, hashOf(shown), []); /* only its chapter knows its first state */
  const page = PAGES[name];
  const { state, notices } = fromAddress(page, shown.address);
  const address = toAddress(page, state) || (fieldsOf(shown.address).get('v') === VERSION ? `#v=${VERSION}` : '');
  return cleanAddress(ALL_KEYS, hashOf({ ...shown, address }), [
    ...notices,
    ...[shown.asked, shown.epoch].filter((told) => told !== undefined),
  ]);
}

/** Follows an address that the reader went to. The id of an element, or a hash that is no state, changes nothing. */
export function followFigure(figure: RnnFigure, written: string, otherwise: ViewName): FigureAddress | undefined {
  const fields = fieldsOf(location.hash);
  if (location.hash === '' || isState(fields)) return figureOfPage(otherwise);
  const notices = fromAddress(PAGES[viewOf(otherwise).page], location.hash).notices;
  writeAddress(location.pathname + location.search + written);
  if (notices.length > 0) figure.tell(notices);
  return undefined;
}

export function figureOfHash(hash: string, otherwise: ViewName): FigureAddress {
  const given = fieldsOf(hash);
  const view = given.get('view')?.toLowerCase() ?? '';
  const controls = given.get('controls') ?? undefined;
  const chapter = given.get('chapter') ?? undefined;
  const epoch = given.get('epoch') ?? undefined;
  const projector = given.get('projector') === '1';
  const [scheme, width] = [given.get('scheme'), given.get('width')];
  const [as, base] = [given.get('as'), given.get('base')];
  for (const name of KEYS) given.delete(name);
  const address = [...given.keys()].length > 0 ? `#${given}` : '';
  return {
    ...{ view: isView(view) ? view : otherwise, controls, projector },
    ...(view !== '' && !isView(view) && { asked: view }),
    ...(chapter !== undefined && { chapter }),
    ...((scheme === 'light' || scheme === 'dark') && { scheme }),
    ...((width === 'wide' || width === 'narrow') && { width }),
    ...(as === 'class' && { as }),
    ...(base === 'beside' && { base }),
    ...momentIn(isView(view) ? view : otherwise, address, epoch),
  };
}

/** Converts a moment in epochs to a part of the state; the figure reports an invalid one. */
function momentIn(
  view: ViewName,
  address: string,
  epoch: string | undefined,
): Pick<FigureAddress, 'address' | 'epoch'> {
  if (epoch === undefined || viewOf(view).page !== 'lab') return { address };
  const read = firstAddress('lab', (key) => (key === 'state' ? address : key === 'epoch' ? epoch : null));
  return read.notice ? { address, epoch } : { address: read.address };
}

export function hashOf({
  view,
  chapter,
  controls,
  projector,
  scheme,
  width,
  as,
  base,
  address,
}: FigureAddress): string {
  const of = new URLSearchParams({
    ...{
      view,
      ...(chapter !== undefined && { chapter }),
      ...(controls !== undefined && { controls }),
      ...(projector && { projector: '1' }),
    },
    ...{ ...(scheme && { scheme }), ...(width && { width }), ...(as && { as }), ...(base && { base }) },
  });
  return `#${String(of).replaceAll('%2C', ',')}${address ? `&${address.slice(1)}` : ''}`;
}

/** The chapter that the figure shows. The reader may have gone on to another one. */
export const chapterShown = (figure: RnnFigure, { view }: FigureAddress): Pick<FigureAddress, 'chapter'> =>
  viewOf(view).page === 'lesson' && figure.chapter !== null ? { chapter: String(figure.chapter) } : {};

export function setFigure(
  figure: RnnFigure,
  { view, asked, chapter, controls, epoch, projector = false, address }: FigureAddress,
): void {
  figure.view = asked ?? view;
  figure.chapter = chapter ?? null;
  figure.controls = controls ?? null;
  figure.projector = projector;
  figure.address = address;
  if (epoch === undefined) figure.removeAttribute('epoch');
  else figure.setAttribute('epoch', epoch);
}
