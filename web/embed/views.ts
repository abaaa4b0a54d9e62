/**
 * What `<rnn-figure>` can show: parts of the lab or of the notebook, by selector; which controls stand beside them; how
 * much room each needs.
 */

import type { Lane } from '../worker/protocol.ts';
import { translate } from '../shared/translate.ts';

export type PageName = 'lab' | 'notebook';

export interface View {
  page: PageName;
  /** What is shown of the page; undefined: all of it. */
  parts?: readonly string[];
  /** Controls that stand there unless `controls` says otherwise. */
  controls?: readonly Control[];
  /** The room that is kept for it, in CSS pixels: from 960 px of width, from 640 px, below. */
  height: readonly [wide: number, medium: number, narrow: number];
  /** The answer that the first drawing waits for. */
  first: Lane;
  /** The element that its picture and its table are of. */
  main: string;
  /** What it is called where no engine runs, and in print. */
  name: string;
}

/** Controls of the lab that can be left out, by selector. `step`, `play` and `speed` are buttons of one bar. */
export const CONTROLS = {
  settings: ['.settings'],
  task: ['.task'],
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
} as const satisfies Record<string, readonly string[]>;

export type Control = keyof typeof CONTROLS;

/** What is shown in every view of the lab, when there is something to say. */
export const ALWAYS = ['#refused', '#notices', '#needed', '#weights-needed', '#offer'] as const;

const WALK = ['step', 'play', 'speed', 'sequence', 'what-if', 'pictures'] as const;

export const VIEWS = {
  network: {
    page: 'lab',
    parts: ['#place', '#figure'],
    controls: WALK,
    height: [1440, 1640, 2240],
    first: 'moment',
    main: '#figure',
    name: translate('The network over time'),
  },
  arithmetic: {
    page: 'lab',
    parts: ['#place', '#arithmetic'],
    controls: ['step', 'play', 'speed', 'sequence', 'pictures'],
    height: [1160, 1560, 2100],
    first: 'arithmetic',
    main: '#arithmetic',
    name: translate('The arithmetic of one unit'),
  },
  backward: {
    page: 'lab',
    parts: ['#place', '#backward'],
    controls: ['step', 'play', 'speed', 'sequence', 'pictures'],
    height: [1480, 1580, 2220],
    first: 'backward',
    main: '#backward',
    name: translate('Backpropagation through time'),
  },
  slowly: {
    page: 'lab',
    parts: ['#figure', '#slowly'],
    controls: ['sequence', 'pictures'],
    height: [1400, 1560, 2080],
    first: 'moment',
    main: '#figure',
    name: translate('One update, slowly'),
  },
  predict: {
    page: 'lab',
    parts: ['#figure', '.predict'],
    controls: ['sequence', 'what-if'],
    height: [1420, 1580, 2160],
    first: 'moment',
    main: '#figure',
    name: translate('Predict, then reveal'),
  },
  training: {
    page: 'lab',
    parts: ['#caption', '#diverged', '.curves'],
    controls: ['step', 'play', 'speed', 'by', 'pictures'],
    height: [660, 940, 1060],
    first: 'run',
    main: '#metric',
    name: translate('The training'),
  },
  data: {
    page: 'lab',
    parts: ['#data'],
    controls: ['edit', 'bring', 'pictures'],
    height: [500, 540, 660],
    first: 'moment',
    main: '#data',
    name: translate('The data'),
  },
  compare: {
    page: 'lab',
    parts: ['.beside'],
    controls: ['pictures'],
    height: [2600, 3240, 4300],
    first: 'momentB',
    main: '#figure-a',
    name: translate('Two networks'),
  },
  many: {
    page: 'lab',
    parts: ['.many'],
    controls: ['pictures'],
    height: [630, 690, 790],
    first: 'sequences',
    main: '#many',
    name: translate('A hundred runs'),
  },
  lab: { page: 'lab', height: [5320, 5460, 6100], first: 'moment', main: '#figure', name: translate('The lab') },
  notebook: {
    page: 'notebook',
    height: [8840, 10380, 13500],
    first: 'train',
    main: '#compare',
    name: translate('The notebook'),
  },
  'notebook-twins': {
    page: 'notebook',
    parts: ['.first'],
    height: [630, 790, 980],
    first: 'train',
    main: '#compare',
    name: translate('The same run, twice'),
  },
  'notebook-data': {
    page: 'notebook',
    parts: ['rnn-cell[name="data"]'],
    height: [380, 380, 530],
    first: 'train',
    main: '#scatter',
    name: translate('The data'),
  },
  'notebook-scatter': {
    page: 'notebook',
    parts: ['rnn-cell[name="scatter"]'],
    height: [560, 560, 620],
    first: 'data',
    main: '#scatter',
    name: translate('A look at the data'),
  },
  'notebook-model': {
    page: 'notebook',
    parts: ['rnn-cell[name="model"]'],
    height: [500, 500, 650],
    first: 'summary',
    main: '#figure',
    name: translate('The model'),
  },
  'notebook-compile': {
    page: 'notebook',
    parts: ['rnn-cell[name="compile"]'],
    height: [160, 160, 250],
    first: 'train',
    main: '#compare',
    name: translate('Compile'),
  },
  'notebook-fit': {
    page: 'notebook',
    parts: ['rnn-cell[name="fit"]'],
    height: [600, 600, 680],
    first: 'train',
    main: '#accuracy',
    name: translate('Fit'),
  },
  'notebook-evaluate': {
    page: 'notebook',
    parts: ['rnn-cell[name="evaluate"]'],
    height: [240, 240, 300],
    first: 'train',
    main: '#accuracy',
    name: translate('Evaluate'),
  },
  'notebook-curves': {
    page: 'notebook',
    parts: ['rnn-cell[name="curves"]'],
    height: [650, 980, 1280],
    first: 'train',
    main: '#accuracy',
    name: translate('The curves'),
  },
  'notebook-slow': {
    page: 'notebook',
    parts: ['[data-card="slow"]'],
    height: [540, 840, 1000],
    first: 'slow',
    main: '#slow-accuracy',
    name: translate('Slow training'),
  },
  'notebook-network': {
    page: 'notebook',
    parts: ['[data-card="network"]'],
    height: [1180, 1580, 1720],
    first: 'network',
    main: '#figure',
    name: translate('The network, unrolled'),
  },
} as const satisfies Record<string, View>;

export type ViewName = keyof typeof VIEWS;

export const isView = (name: string): name is ViewName => Object.hasOwn(VIEWS, name);
export const viewOf = (name: ViewName): View => VIEWS[name];
