/** The notebook, for its views. */

export { default as markup } from '../pages/index.html?raw';
export { default as style } from '../style/notebook.css?inline';
