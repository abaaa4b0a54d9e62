// A button in the text of a step sets the network that its sentence speaks of, whatever was pressed before: its address is
// that of the button alone. The chapters are read as they are written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { fieldsIn, toAddress } from '../../web/state/address.ts';
import { chapterPage } from '../../web/state/chapter-page.ts';
import { pressed } from '../../web/state/press.ts';
import type { FieldName, State } from '../../web/state/state.ts';
import { Store } from '../../web/state/store.ts';
import { read } from '../house/tree.ts';

const values = (markup: string, name: string): string[] =>
  [...markup.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, text = '']) => text.replaceAll('&amp;', '&'));

interface Step {
  name: string;
  page: ReturnType<typeof chapterPage>;
  lesson: number;
  buttons: { set: string; reveal: string }[];
  handles: string[];
}

const STEPS: Step[] = CHAPTERS.flatMap((chapter) => {
  const markup = read(`web/lesson/${chapter}.html`);
  const sections = [...markup.matchAll(/<section[^>]*\sdata-step="[^"]*".*?<\/section>/gs)].map(([section]) => section);
  const page = chapterPage(
    values(markup, 'data-chapter')[0] ?? '',
    sections.map((section) => values(section, 'data-step')[0] ?? ''),
  );
  return sections.map((section, i) => {
    const answers = [...section.matchAll(/<form.*?<\/form>/gs)].map(([form]) => form);
    const outside = answers.reduce((left, form) => left.replace(form, ''), section);
    return {
      name: `${chapter}, step ${i + 1}`,
      page,
      lesson: i + 1,
      handles: values(section, 'field'),
      buttons: [
        ...values(outside, 'data-set').map((set) => ({ set, reveal: '' })),
        ...answers.flatMap((form) =>
          values(form, 'data-set').map((set) => ({ set, reveal: values(form, 'data-reveal')[0] ?? '' })),
        ),
      ],
    };
  });
});

/** The step as it begins, and after its answer is shown. */
function begun({ page, lesson }: Step, reveal: string): Store {
  const store = new Store(page, `#v=1&lesson=${lesson}`);
  if (reveal !== '') store.change(fieldsIn(page, reveal));
  return store;
}

/** The state after a press on one button, as it would be if it were the only one. */
function alone(step: Step, { set, reveal }: Step['buttons'][number]): State {
  const store = begun(step, reveal);
  store.change(fieldsIn(step.page, set));
  return store.state;
}

function press(step: Step, store: Store, { set, reveal }: Step['buttons'][number]): void {
  const { page } = step;
  const together = step.buttons.flatMap((button) => Object.keys(fieldsIn(page, button.set)) as FieldName[]);
  store.change(pressed(page, store.state, fieldsIn(page, set), together, fieldsIn(page, reveal)));
}

for (const step of STEPS.filter(({ buttons }) => buttons.length > 0))
  test(`${step.name}: each button shows the same, whichever was pressed before`, () => {
    const at = (state: State): string => toAddress(step.page, state);
    for (const second of step.buttons) {
      const expected = alone(step, second);
      for (const first of step.buttons) {
        const store = begun(step, first.reveal || second.reveal);
        press(step, store, first);
        assert.equal(at(store.state), at(alone(step, first)), `${first.set} alone`);
        press(step, store, second);
        assert.equal(at(store.state), at(expected), `${first.set}, then ${second.set}`);
        assert.deepEqual(store.state, expected);
      }
    }
  });

test('a button takes back what a handle changed in its network, and leaves what the reader looks at', () => {
  const step = STEPS.find(({ name }) => name === 'vanishing-and-exploding, step 2') as Step;
  const [first, , third] = step.buttons as [Step['buttons'][number], unknown, Step['buttons'][number]];
  const store = begun(step, '');
  assert.deepEqual(step.handles, ['gain']);
  store.change({ gain: 3, seed: 7 });
  store.change({ t: 12, unit: 5 });
  press(step, store, first);
  press(step, store, third);
  assert.equal(store.address, `#v=1&lesson=2&${third.set.replace('activation=tanh&', '')}&t=12&unit=5`);
});

test('the chapters have steps with several buttons, and settings that others clamp', () => {
  const several = STEPS.filter(({ buttons }) => buttons.length > 1).map(({ name }) => name);
  for (const name of ['any-length, step 1', 'tomorrows-temperature, step 4', 'what-it-remembers, step 3'])
    assert.ok(several.includes(name), name);
  const clamping = STEPS.find(({ name }) => name === 'tomorrows-temperature, step 4') as Step;
  const one = alone(clamping, { set: 'steps=1', reveal: '' });
  assert.deepEqual([one.t, one.reset], [1, 1]);
});
