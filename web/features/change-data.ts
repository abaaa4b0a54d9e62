/** Lets the reader change numbers of the data. The network is then trained on the changed data. */

import type { App } from '../app/app.ts';
import type { Sequences } from '../app/task-data.ts';
import type { RnnEvents } from '../shared/events.ts';
import { plural, translate } from '../shared/translate.ts';
import { outOfRange } from '../state/address.ts';
import { withChange, inputPlace, isTarget, placeOf, targetPlace } from '../state/custom-data.ts';
import { type Limits, limited, limitsOf } from '../state/fields.ts';
import { type State, TABLE } from '../state/state.ts';

const MOST_CHANGES = 100;

export class ChangeData {
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    const { parts, store } = app;
    app.run('').data.listen((sequences) => this.#dropBeyond(sequences));
    parts.root.addEventListener('rnn-datum', ({ detail }) => this.#change(detail));
    parts.on('changed-undo', 'click', () => {
      store.change({ changes: [] });
      parts.byId('sequence')?.focus();
    });
    store.listen((state, before) => {
      this.#forget(state, before);
      this.#show();
    });
    this.#show();
  }

  #change({ index, target, value, final }: RnnEvents['rnn-datum']): void {
    const { store } = this.#app;
    const { sample, changes } = store.state;
    const gesture = store.gestureOf(final);
    const place = target ? targetPlace(sample, index) : inputPlace(sample, 1, index, 1);
    const limits = this.#limits(index, target);
    const taken = value === undefined ? undefined : limited(limits, value);
    const after = withChange(changes, place, taken);
    if (after.length > MOST_CHANGES) {
      this.#app.parts.setNotice(
        'changed-limit',
        translate(
          `No more than ${MOST_CHANGES} numbers can be changed here. To change more, download the data, change the file, and choose it.`,
        ),
        'full',
      );
      store.change({}, { gesture });
      return;
    }
    store.change({ changes: after }, { gesture });
    this.#app.parts.setNotice(
      'changed-limit',
      taken === value
        ? ''
        : outOfRange(
            { ...limits, label: target ? translate('target') : translate('input') },
            String(value),
            taken as number,
          ),
      'limit',
    );
  }

  /** The limits of a number of the data. They follow from the sizes that the numbers had before any change. */
  #limits(index: number, target: boolean): Limits {
    const { inputs = [], targets = [] } = this.#app.run('').data.sequences?.unchanged ?? {};
    return limitsOf(TABLE.changes, target ? targets[0] : inputs[index % inputs.length]);
  }

  /**
   * Drops changes that an address names although no sequence has such a number, or whose value is no target. Changes of
   * sequences that are not here yet are kept until they arrive.
   */
  #dropBeyond({ request, task, x, y }: Sequences): void {
    const { changes } = this.#app.store.state;
    if (JSON.stringify(changes) !== JSON.stringify(request.changes)) return;
    const told: string[] = [];
    const here = changes.flatMap(([at, value]) => {
      const { index, target } = placeOf(at);
      if (index >= (target ? y : x).length / request.samples || (target && !isTarget(task, value))) return [];
      const limits = this.#limits(index, target);
      const taken = limited(limits, value);
      if (taken !== value)
        told.push(
          outOfRange({ ...limits, label: target ? translate('target') : translate('input') }, String(value), taken),
        );
      return [[at, taken] as const];
    });
    const dropped = changes.length - here.length;
    if (dropped > 0)
      told.push(
        plural(dropped, {
          one: translate(
            'One changed number was dropped, because the data have no such place or do not accept the number there.',
          ),
          other: translate(
            `${dropped} changed numbers were dropped, because the data have no such places or do not accept the numbers there.`,
          ),
        }),
      );
    if (told.length === 0) return;
    this.#app.store.change({ changes: here });
    this.#app.parts.setNotice('changed-limit', told.join(' '), 'dropped');
  }

  /** Removes the messages about changes that no longer exist. */
  #forget({ changes, task, own }: State, before: State): void {
    const forget = (speaker: string): void => this.#app.parts.setNotice('changed-limit', '', speaker);
    if (changes.length < MOST_CHANGES) forget('full');
    if (changes.length === 0) forget('limit');
    if (changes.length > before.changes.length || task !== before.task || own !== before.own) forget('dropped');
  }

  #show(): void {
    const { state } = this.#app.store;
    const count = state.changes.filter(([at]) => placeOf(at).sample < state.samples).length;
    this.#app.parts.show('changed', count > 0);
    this.#app.parts.setText(
      'changed-text',
      plural(count, {
        one: translate(
          'One number of the data is changed, and the network is trained on the changed data. A label changes only if you change it yourself.',
        ),
        other: translate(
          `${count} numbers of the data are changed, and the network is trained on the changed data. A label changes only if you change it yourself.`,
        ),
      }),
    );
  }
}
