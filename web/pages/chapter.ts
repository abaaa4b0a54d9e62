/** A chapter of the lesson: its state is in the address. */

import { followLanguage, leaveForLanguage } from '../app/language.ts';
import { mount } from '../app/mount.ts';
import { removeNotRunning } from '../app/not-running.ts';
import { guesses } from '../lesson/guess.ts';
import { highlights } from '../lesson/text-highlights.ts';
import { leaveForNotebook } from '../lesson/leave-for-notebook.ts';
import { steps } from '../lesson/steps.ts';
import { trainAgain } from '../lesson/train-again.ts';
import { keysOf } from '../state/fields.ts';
import { linkTo, locatedStore } from '../state/location.ts';
import { chapterPage } from '../state/chapter-page.ts';
import { ownWorker } from '../worker/own-worker.ts';

const settings = document.querySelector<HTMLElement>('[data-chapter]')?.dataset['chapter'] ?? '';
const sections = [...document.querySelectorAll<HTMLElement>('[data-step]')];
const page = chapterPage(
  settings,
  sections.map(({ dataset }) => dataset['step'] ?? ''),
);

if (!leaveForNotebook() && !leaveForLanguage(keysOf(page))) {
  const store = locatedStore(page);
  const link = (): string => linkTo(store);
  followLanguage(link);
  const { app } = mount(document.body, store, { link, connect: ownWorker() });
  guesses(app);
  highlights(app);
  trainAgain(app);
  steps(app);
  removeNotRunning();
}
