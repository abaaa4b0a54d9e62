/** The notebook, for its views. */

import { cells, values } from '../app/notebook-features.ts';

export { default as markup } from '../pages/notebook.html?raw';
export { default as style } from '../style/notebook.css?inline';
export const notebook = { cells, values };
