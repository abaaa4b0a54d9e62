/** `figures.mjs`: the same `<rnn-figure>`. The other scripts lie in the folder `figures` beside it, and are fetched as they are used. */

import './main.ts';
