/** "Save picture" under each figure. What draws it is fetched when somebody asks for the first one. */

import '../elements/rnn-save.ts';
import { epochUpdates, isWhatIf, type LabState, moment } from '../state/lab.ts';
import { all, type LabStore } from './dom.ts';
import { linkOf, save } from './save.ts';

/** Figures, each with its name for those who hear the page; an id for those of which there are two. */
const FIGURES: Readonly<Record<string, string>> = {
  data: 'the sequences',
  metric: 'the first chart',
  loss: 'the loss',
  figure: 'the network',
  arithmetic: 'the arithmetic',
  backward: 'the way back',
  'metric-b': 'the first chart of network B',
  'loss-b': 'the loss of network B',
  'figure-b': 'network B',
  many: 'the many runs',
};

/** Which moment of the training: whole epochs by their number, between them updates. */
export function when(state: LabState): string {
  const [updates, epoch] = [moment(state), epochUpdates(state)];
  return epoch > 0 && updates % epoch === 0 ? `epoch-${updates / epoch}` : `update-${updates}`;
}

export function offerPictures(store: LabStore): void {
  for (const figure of all<HTMLElement>(Object.keys(FIGURES).map((id) => `#${id}`).join(', '))) {
    const menu = document.createElement('rnn-save');
    menu.of = FIGURES[figure.id] as string;
    menu.addEventListener('rnn-save', ({ detail: { format, done } }) => done(take(figure, store, format)));
    figure.after(menu);
  }
}

async function take(figure: HTMLElement, store: LabStore, format: 'svg' | 'png'): Promise<void> {
  const { pictureOf } = await import('../picture/picture.ts');
  const picture = await pictureOf(figure, linkOf(store));
  const { state } = store;
  const parts = [picture.name, figure.id.endsWith('-b') ? 'b' : '', figure.id === 'many' ? '' : when(state), isWhatIf(state) ? 'what-if' : ''];
  const name = `${parts.filter(Boolean).join('-')}.${format}`;
  if (format === 'svg') return save(name, picture.svg, 'image/svg+xml');
  const { png } = await import('../picture/png.ts');
  save(name, await png(picture));
}
