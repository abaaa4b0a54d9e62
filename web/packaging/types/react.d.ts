/** `<rnn-figure>` in the JSX of React 19: `import type {} from 'unrolled/react'` in one file of the project. */

import type { ClassAttributes, HTMLAttributes } from 'react';
import type { FigureAttributes, FigureEvents, RnnFigure } from './figures.ts';

type Handlers = { [Name in keyof FigureEvents as `on${Name}`]?: (event: FigureEvents[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'rnn-figure': Omit<HTMLAttributes<RnnFigure>, keyof FigureAttributes> &
        ClassAttributes<RnnFigure> &
        FigureAttributes &
        Handlers;
    }
  }
}
