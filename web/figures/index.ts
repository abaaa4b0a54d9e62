/** Every figure. Pages, views, pictures, the npm package and the docs read this list. */

import { arithmetic } from './arithmetic/about.ts';
import { backward } from './backward/about.ts';
import { compare } from './compare/about.ts';
import { curves } from './curves/about.ts';
import { data } from './data/about.ts';
import { dataCube } from './data-cube/about.ts';
import { forecast } from './forecast/about.ts';
import { lengths } from './lengths/about.ts';
import { linearProbe } from './linear-probe/about.ts';
import { many } from './many/about.ts';
import { network } from './network/about.ts';
import { nextWords } from './next-words/about.ts';
import { norms } from './norms/about.ts';
import { predict } from './predict/about.ts';
import { scatter } from './scatter/about.ts';
import { sequence } from './sequence/about.ts';
import { sketch } from './sketch/about.ts';
import { timing } from './timing/about.ts';
import { unrolled } from './unrolled/about.ts';
import { updateStepper } from './update-stepper/about.ts';
import type { Figure } from './definition.ts';

export const FIGURES: readonly Figure[] = [
  network,
  unrolled,
  arithmetic,
  backward,
  updateStepper,
  predict,
  sketch,
  curves,
  data,
  many,
  lengths,
  linearProbe,
  forecast,
  nextWords,
  norms,
  timing,
  sequence,
  compare,
  scatter,
  dataCube,
];
