/** What is known of a figure before its script is loaded. */

/** Controls that can stand beside a figure in another page, or be left out. */
export type Control =
  | 'settings'
  | 'task'
  | 'step'
  | 'play'
  | 'speed'
  | 'sequence'
  | 'what-if'
  | 'weights'
  | 'by'
  | 'edit'
  | 'bring'
  | 'pictures'
  | 'take';

/** What a presenter's remote moves by one in a view. */
export type Walk = 'time' | 'time, backward' | 'epoch' | 'epochs' | 'sequence' | 'part of the update';

/** A view of `<rnn-figure>`: what it shows of the lab. */
export interface FigureView {
  /** Selectors in the page's markup. */
  parts: readonly string[];
  /** Controls that stand there unless the attribute `controls` says otherwise. */
  controls: readonly Control[];
  /** The room that is kept for it, in CSS pixels: from 960 px of width, from 640 px, below. */
  height: readonly [wide: number, medium: number, narrow: number];
  /** The element that its picture and its table are of. One that the lab does not hold, such as `rnn-toy`, is made. */
  main: string;
  /** Without it the remote moves nothing. */
  walks?: Walk;
  /** Its name where no engine runs, and in print. */
  name: string;
}

/** The picture of a figure: what is read in it, without what is operated. */
export interface PictureParts {
  /** Of a file: words with hyphens. */
  name: string;
  title: string;
  /** Selects the parts in the figure's shadow root. */
  parts: string;
  /** Selects what describes it: texts, or controls and drawings with their spoken values and names. */
  words: string;
  /** A part that scrolls sideways and has drawn what lies within its own width beyond its edges. */
  scrolls?: string;
}

/** The properties that a picture's name follows from. */
export type Pictured = Element & { fold?: number; heading?: string; quantity?: string };

export interface Figure {
  /** Selects the elements that the figure fills. */
  selector: string;
  /** The room that is kept until its script is loaded, in CSS pixels. */
  room: number;
  /** Its views, by name. */
  views?: Readonly<Record<string, FigureView>>;
  picture?: (figure: Pictured) => PictureParts;
  /** Its script: what it asks the worker for, and what its events change. */
  load: () => Promise<{ feed: (app: never, figure: never) => void }>;
}
