/**
 * A running page: its state, its networks, its connection to the engine, and the player that steps through the
 * training.
 */

import { cannotRun } from '../shared/shared-sentences.ts';
import type { Store } from '../state/store.ts';
import { Client, type ClientOptions, type Trouble } from '../worker/client.ts';
import type { RequestOf, ToWorker } from '../worker/protocol.ts';
import type { Core } from './core.ts';
import { Listeners } from './listeners.ts';
import { Outdated } from './outdated.ts';
import type { PageParts } from './page-parts.ts';
import { Player } from './training-player.ts';
import { Reveal } from './reveal.ts';
import { Run } from './run.ts';
import { Visibility } from './visibility.ts';

export interface AppOptions {
  /** The address of the current state, for links that open it elsewhere; undefined if no page is known to open it. */
  link: () => string | undefined;
  connect: ClientOptions['connect'];
  /** A sentence appended to the reason why the network cannot run. */
  unavailable?: string;
}

export class App implements Core {
  readonly parts: PageParts;
  readonly store: Store;
  readonly client: Client;
  readonly outdated: Outdated;
  readonly visibility = new Visibility();
  readonly link: () => string | undefined;
  readonly connect: ClientOptions['connect'];
  readonly player: Player;
  readonly reveal = new Reveal();
  /**
   * `nameOf`: the name that the reader's file of weights had. `ownData`: the reader's data, for an engine that lacks
   * them.
   */
  nameOf: (file: string) => string = () => '';
  ownData: () => RequestOf<'bring'> | undefined = () => undefined;
  readonly #runs = new Map<string, Run>();
  /** Messages that a restarted engine gets before any request. */
  readonly #firsts: (() => readonly ToWorker[])[] = [];
  readonly #arrived = new Listeners();
  readonly #ended = new Listeners();
  readonly #paused = new Listeners();
  readonly #unavailable: string;
  /** True if no engine can run here. */
  #refused = false;
  readonly #refusals = new Listeners<[boolean]>();

  constructor(parts: PageParts, store: Store, { link, connect, unavailable = '' }: AppOptions) {
    this.parts = parts;
    this.store = store;
    this.link = link;
    this.connect = connect;
    this.#unavailable = unavailable;
    this.outdated = new Outdated(store);
    this.client = new Client((trouble) => this.#tell(trouble), {
      connect,
      first: () => this.#firsts.flatMap((messages) => messages()),
      busy: (busy) => parts.root.toggleAttribute('data-busy', busy),
    });
    this.player = new Player(store, this.run(store.page.played).training);
    this.player.listen(() => this.outdated.play(this.player.playing));
    this.player.listenToStops(() => this.#again());
  }

  #tell({ kind, message }: Trouble): void {
    this.#refused = kind === 'refused';
    const text = this.#refused ? [cannotRun(message), this.#unavailable].filter(Boolean).join(' ') : message;
    this.parts.setNotice('refused', text);
    this.#refusals.tell(this.#refused);
  }

  /** Calls `listener` at once, and again whenever an engine becomes available or unavailable. */
  listenToRefusals(listener: (refused: boolean) => void): void {
    this.#refusals.add(listener);
    listener(this.#refused);
  }

  /**
   * The network with this name or these settings, as `data-run` gives them; an empty name means the page's own network.
   */
  run(name: string): Run {
    const known = this.#runs.get(name);
    if (known) return known;
    const run = new Run(this, name, name === '' ? undefined : this.run(''));
    run.inspection.nameOf = (file) => this.nameOf(file);
    run.inspection.quick = () => this.player.playing;
    this.#runs.set(name, run);
    return run;
  }

  /** The network that an element of the page shows. */
  runOf(element: Element): Run {
    return this.run(element.closest<HTMLElement>('[data-run]')?.dataset['run'] ?? '');
  }

  /** The network whose sequences are read and changed by what-if. */
  get inspected(): Run {
    return this.run(this.store.page.inspected);
  }

  /** After playing, moments are measured in full again. */
  #again(): void {
    for (const run of this.#runs.values()) run.inspection.again();
  }

  /** Registers messages that a restarted engine gets before any request. */
  tellFirst(messages: () => readonly ToWorker[]): void {
    this.#firsts.push(messages);
  }

  /** Repeats all requests, because data or weights have arrived that earlier requests lacked. */
  arrived(): void {
    for (const { data, training, inspection } of this.#runs.values()) {
      data.again();
      training.again();
      inspection.again();
    }
    this.#arrived.tell();
  }

  listenToArrivals(listener: () => void): void {
    this.#arrived.add(listener);
  }

  /** Stops everything that plays. */
  pause(): void {
    this.player.play(false);
    this.#paused.tell();
  }

  listenToPauses(listener: () => void): void {
    this.#paused.add(listener);
  }

  /** Stops playing and releases the engines. */
  end(): void {
    this.pause();
    this.#ended.tell();
    this.client.end();
  }

  listenToEnd(listener: () => void): void {
    this.#ended.add(listener);
  }
}
