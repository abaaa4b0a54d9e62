/** The notebook, for its views. */

export { default as markup } from '../pages/notebook.html?raw';
export { default as style } from '../style/notebook.css?inline';
