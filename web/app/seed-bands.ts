/** The median and the middle 90 % over many run seeds, drawn behind the run. */

import type { App } from './app.ts';
import { Listeners } from './listeners.ts';
import { duration } from '../shared/shared-sentences.ts';
import { plural, translate } from '../shared/translate.ts';
import { configOf } from '../state/config.ts';
import type { Config } from '../state/state.ts';
import type { Bands } from '../worker/protocol.ts';
import { LIMIT } from '../worker/work-estimate.ts';
import type { Band } from '../figures/curves/curve-data.ts';
import type { Quantity } from './run-series.ts';

const SEEDS = 20;

const seedless = (config: Config): string => JSON.stringify({ ...config, seed: 0 });

export class SeedBands {
  readonly #app: App;
  readonly #listeners = new Listeners();
  #bands: { key: string; bands: Bands; told: string } | undefined;
  #asked = '';
  /** The settings for which the reader started the work although it takes long. */
  #chosen = '';

  constructor(app: App) {
    this.#app = app;
    app.store.listen(() => this.#ask());
    app.store.listenToDrags({ end: () => this.#ask() });
    app.parts.byId('band-begin')?.addEventListener('click', () => {
      this.#chosen = seedless(configOf(app.store.state));
      this.#asked = '';
      this.#ask();
    });
    this.#ask();
  }

  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  of(quantity: Quantity, config: Config): Band[] | undefined {
    const all = this.#bands;
    if (!this.#app.store.state.band || all?.key !== seedless(config) || quantity === 'mean_absolute_error')
      return undefined;
    return [
      {
        role: 'train',
        label: plural(SEEDS, { other: translate(`${SEEDS} run seeds, training: median and middle 90 %`) }),
        ...all.bands[quantity],
      },
      {
        role: 'fresh',
        label: plural(SEEDS, {
          other:
            config.split > 0 ? translate(`${SEEDS} run seeds, validation`) : translate(`${SEEDS} run seeds, new data`),
        }),
        ...all.bands[`val_${quantity}`],
      },
    ];
  }

  #say(text: string, begins = false): void {
    this.#app.parts.setText('band-state', text);
    this.#app.parts.show('band-begin', begins);
  }

  #ask(): void {
    const { store, client } = this.#app;
    const { state } = store;
    const config = configOf(state);
    const key = seedless(config);
    if (!state.band) {
      /* a request for no work stops the one under way */
      if (this.#asked) client.ask('band', { ...config, runs: SEEDS, within: 0 }, { answer: () => undefined });
      this.#asked = '';
      this.#say('');
      return;
    }
    if (store.moving || key === this.#asked) return;
    this.#asked = key;
    this.#say(this.#bands?.key === key ? this.#bands.told : '');
    const within = this.#chosen === key ? Number.POSITIVE_INFINITY : LIMIT;
    client.ask(
      'band',
      { ...config, runs: SEEDS, within },
      {
        answer: (answer) => {
          if (key !== this.#asked) return;
          if ('offer' in answer) {
            this.#say(
              plural(SEEDS, { other: translate(`The band of ${SEEDS} seeds takes about ${duration(answer.offer)}.`) }),
              true,
            );
            return;
          }
          this.#bands = { key, bands: answer.bands, told: told(answer.runs, answer.diverged) };
          this.#say(this.#bands.told);
          this.#listeners.tell();
        },
        part: (share) => {
          if (key === this.#asked && this.#chosen === key)
            this.#say(plural(SEEDS, { other: translate(`The band of ${SEEDS} seeds: ${Math.floor(100 * share)} %.`) }));
        },
        failed: ({ message }) => {
          this.#asked = '';
          this.#say(message);
        },
      },
    );
  }
}

const all = new WeakMap<App, SeedBands>();

/** One object for all charts of a page, so that the band is requested once. */
export function seedBands(app: App): SeedBands {
  const known = all.get(app) ?? new SeedBands(app);
  all.set(app, known);
  return known;
}

function told(runs: number, diverged: number): string {
  if (runs === 0) return plural(diverged, { other: translate(`all ${diverged} seeds diverged`) });
  return diverged
    ? plural(runs, {
        one: translate(`median and middle 90 % of ${runs} run seed, same data; ${diverged} more diverged`),
        other: translate(`median and middle 90 % of ${runs} run seeds, same data; ${diverged} more diverged`),
      })
    : plural(runs, {
        one: translate(`median and middle 90 % of ${runs} run seed, same data`),
        other: translate(`median and middle 90 % of ${runs} run seeds, same data`),
      });
}
