/** `<rnn-figure>` in the templates of Vue 3: `import type {} from 'unrolled/vue'` in one file of the project. */

import type { HTMLAttributes, PublicProps } from 'vue';
import type { FigureAttributes, FigureEvents, RnnFigure } from './figures.ts';

/** Vue writes rnn-step as onRnnStep. */
type Handler<Name> = Name extends `rnn-${infer Rest}` ? `onRnn${Capitalize<Rest>}` : never;
type Handlers = { [Name in keyof FigureEvents as Handler<Name>]?: (event: FigureEvents[Name]) => void };
/** What Vue reads the events from. */
type Emit = <Name extends keyof FigureEvents>(name: Name, event: FigureEvents[Name]) => void;

declare module 'vue' {
  interface GlobalComponents {
    'rnn-figure': new () => RnnFigure & {
      /** Neither is there at run time. They tell Vue the attributes and the events. */
      $props: Omit<HTMLAttributes, keyof FigureAttributes> & FigureAttributes & Handlers & PublicProps;
      $emit: Emit;
    };
  }
}
