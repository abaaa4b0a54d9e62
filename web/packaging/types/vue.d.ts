/** `<rnn-figure>` in the templates of Vue 3: `import type {} from 'unrolled/vue'` in one file of the project. */

import type { HTMLAttributes, PublicProps } from 'vue';
import type { FigureAttributes, FigureEvents, RnnFigure } from './figures.ts';

type Handlers = { [Name in keyof FigureEvents as `on${Capitalize<Name>}`]?: (event: FigureEvents[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'rnn-figure': new () => RnnFigure & {
      /** Not there at run time: it tells Vue the attributes and the events. */
      $props: Omit<HTMLAttributes, keyof FigureAttributes> & FigureAttributes & Handlers & PublicProps;
    };
  }
}
