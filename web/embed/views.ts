/** The views of `<rnn-figure>`: a figure of the lab or a part of a page, with its controls and its height. */

import { FIGURES } from '../figures/index.ts';
import type { Control, FigureView } from '../figures/definition.ts';
import { translate } from '../shared/translate.ts';

export type { Control };
export type PageName = 'lab' | 'lesson' | 'notebook';

export interface View extends Pick<FigureView, 'height' | 'heights' | 'main' | 'name' | 'walks'> {
  page: PageName;
  /** The parts of the page that are shown; undefined for all of it. */
  parts?: readonly string[];
  /** The controls that are shown unless `controls` names others. */
  controls?: readonly Control[];
}

/** Controls of the lab that can be left out, by selector. `step`, `play` and `speed` are buttons of one bar. */
export const CONTROLS: Readonly<Record<Control, readonly string[]>> = {
  settings: ['.settings', '.task', '[data-fold=solution]'],
  task: ['.task', '[data-fold=solution]'],
  step: ['#training'],
  play: ['#training'],
  speed: ['#training'],
  sequence: ['rnn-handle[field="sample"]'],
  'what-if': ['[data-what-if]', '#what-if-hint', '#what-if', '#what-if-dropped', '#cut-offer'],
  weights: ['#weights'],
  by: ['#by'],
  edit: ['[data-edit]', '#changed', '#changed-limit'],
  bring: ['#bring'],
  pictures: [],
  take: ['.take'],
};

/** Shown in every view of the lab if there is something to say. */
export const ALWAYS = ['#refused', '#notices', '#needed', '#weights-needed', '#offer'] as const;

/** The height of two networks while they differ in nothing: only the menu that chooses a difference. */
const NO_DIFFERENCE = [270, 270, 270] as const;

/** Views that show more than one figure. */
const PAGE_VIEWS: Readonly<Record<string, View>> = {
  compare: {
    page: 'lab',
    parts: ['.beside'],
    controls: ['pictures'],
    height: [2600, 3240, 4300],
    heights: { 'compare=': NO_DIFFERENCE, 'compare=none': NO_DIFFERENCE, 'cell=lstm': [2600, 3240, 4330] },
    main: '#figure-a',
    walks: 'time',
    name: translate('Two networks'),
  },
  lesson: {
    page: 'lesson',
    height: [1471, 1516, 1806],
    main: FIGURES.map(({ selector }) => `.stage ${selector}:not([hidden])`).join(),
    walks: 'time',
    name: translate('A chapter of the lesson'),
  },
  lab: {
    page: 'lab',
    height: [6500, 7060, 9180],
    main: '#figure',
    walks: 'time',
    name: translate('The lab'),
  },
  notebook: {
    page: 'notebook',
    height: [10920, 12280, 16640],
    main: '#compare',
    walks: 'epochs',
    name: translate('The notebook'),
  },
  'notebook-twins': {
    page: 'notebook',
    parts: ['.first'],
    height: [716, 890, 1249],
    main: '#compare',
    walks: 'epochs',
    name: translate('The same network, trained twice'),
  },
  'notebook-data': {
    page: 'notebook',
    parts: ['rnn-code-cell[name="data"]'],
    height: [380, 380, 530],
    main: '#scatter',
    name: translate('The data'),
  },
  'notebook-scatter': {
    page: 'notebook',
    parts: ['rnn-code-cell[name="scatter"]'],
    height: [560, 560, 620],
    main: '#scatter',
    name: translate('A look at the data'),
  },
  'notebook-model': {
    page: 'notebook',
    parts: ['rnn-code-cell[name="model"]'],
    height: [500, 500, 650],
    main: '#figure',
    name: translate('The model'),
  },
  'notebook-compile': {
    page: 'notebook',
    parts: ['rnn-code-cell[name="compile"]'],
    height: [160, 160, 250],
    main: '#compare',
    walks: 'epochs',
    name: translate('Compile'),
  },
  'notebook-fit': {
    page: 'notebook',
    parts: ['rnn-code-cell[name="fit"]'],
    height: [600, 600, 680],
    main: '#accuracy',
    walks: 'epochs',
    name: translate('Fit'),
  },
  'notebook-evaluate': {
    page: 'notebook',
    parts: ['rnn-code-cell[name="evaluate"]'],
    height: [240, 240, 300],
    main: '#accuracy',
    walks: 'epochs',
    name: translate('Evaluate'),
  },
  'notebook-curves': {
    page: 'notebook',
    parts: ['rnn-code-cell[name="curves"]'],
    height: [650, 980, 1280],
    main: '#accuracy',
    walks: 'epochs',
    name: translate('The curves'),
  },
  'notebook-slow': {
    page: 'notebook',
    parts: ['[data-card="slow"]'],
    height: [587, 866, 1029],
    main: '#slow-accuracy',
    name: translate('Slow training'),
  },
  'notebook-network': {
    page: 'notebook',
    parts: ['[data-card="network"]'],
    height: [1300, 1763, 2040],
    main: '#figure',
    walks: 'time',
    name: translate('The network, unrolled'),
  },
};

/** In the order of the figures, followed by the views of pages. */
export const VIEWS: Readonly<Record<string, View>> = {
  ...Object.fromEntries(
    FIGURES.flatMap(({ views = {} }) => Object.entries(views)).map(([name, view]) => [name, { page: 'lab', ...view }]),
  ),
  ...PAGE_VIEWS,
};

/** One of the names in `VIEWS`. */
export type ViewName = string;

export const isView = (name: string): boolean => Object.hasOwn(VIEWS, name);
export const viewOf = (name: ViewName): View => VIEWS[name] as View;

/** The height that a view needs for this state, for the widths of a view. `address`: `#v=1&…`, or empty. */
export function heightOf({ height, heights = {} }: View, address: string): View['height'] {
  const given = new URLSearchParams(address.replace(/^#/, ''));
  const named = Object.keys(heights).find((field) => {
    const [key = '', value] = field.split('=');
    return (given.get(key) ?? '') === value;
  });
  return (named === undefined ? undefined : heights[named]) ?? height;
}
