/** The lab, for its views. */

import { controls, fillMenus, importFiles, values } from '../app/lab-features.ts';

export { default as markup } from '../pages/lab.html?raw';
export { default as style } from '../style/lab.css?inline';
export const lab = { importFiles, fillMenus, controls, values };
