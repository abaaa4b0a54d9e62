/** The facts about a figure that are known before its script is loaded. */

/** Controls that an embedded figure can show or leave out. */
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

/** What a presenter's remote control moves by one in a view. */
export type Walk = 'time' | 'time, backward' | 'epoch' | 'epochs' | 'sequence' | 'length' | 'part of the update';

/** A view of `<rnn-figure>`: a part of the lab that can be embedded. */
export interface FigureView {
  /** Selectors of the parts in the lab's markup. */
  parts: readonly string[];
  /** The controls shown by default. The attribute `controls` overrides them. */
  controls: readonly Control[];
  /** The reserved height in CSS pixels for widths of at least 960 px, at least 640 px, and less. */
  height: readonly [wide: number, medium: number, narrow: number];
  /** The reserved height for values of a field, by its key and value as in an address; for example `cell=lstm`. */
  heights?: Readonly<Record<string, readonly [wide: number, medium: number, narrow: number]>>;
  /**
   * The element that provides the picture and the table. An element that the lab does not contain, such as `rnn-toy`,
   * is created.
   */
  main: string;
  /** Without this, the remote control moves nothing. */
  walks?: Walk;
  /** The name that is shown in print, and where the engine cannot run. */
  name: string;
}

/** The parts of a figure that belong to its picture. Controls do not. */
export interface PictureParts {
  /** The file name: words with hyphens. */
  name: string;
  title: string;
  /** Selects the parts in the figure's shadow root. */
  parts: string;
  /** Selects the elements whose texts, spoken values or accessible names describe the picture. */
  words: string;
  /** Selects a part that scrolls sideways. It has drawn as much beyond its edges as it is wide. */
  scrolls?: string;
}

/** The properties that the name of a picture depends on. */
export type Pictured = Element & { fold?: number; heading?: string; quantity?: string };

export interface Figure {
  /** Selects the elements that the figure's feed fills. */
  selector: string;
  /** The height in CSS pixels that is reserved until the figure shows its first numbers, for the widths of a view. */
  room: readonly [wide: number, medium: number, narrow: number];
  views?: Readonly<Record<string, FigureView>>;
  picture?: (figure: Pictured) => PictureParts;
  /** Loads the script that requests the figure's data and handles its events. */
  load: () => Promise<{ feed: (app: never, figure: never) => void }>;
}
