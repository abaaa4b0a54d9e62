// Removes comments and indentation from the styles and the markup of elements, because browsers do not need them, and
// makes sizes independent of the page around a figure.

const tight = (css) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?|(:) /g, '$1$2');

/**
 * Lines that begin with a tag or an attribute lose their indentation. Outside of markup such a line is the next link of
 * a chain of calls.
 */
const flush = (code) => code.replace(/\n[ \t]+(?=[<.?@])/g, '\n');

/** A plugin for Rolldown and Vite that shortens each css`…` of an element and the lines of its markup. */
export const tightStyles = () => ({
  name: 'styles',
  transform(code, id) {
    return /\/web\/(controls|figures|shared)\/.*\.ts$/.test(id)
      ? { code: flush(code.replace(/\bcss`[^`]*`/g, tight)), map: null }
      : undefined;
  },
});

/** The size in CSS pixels of the text that a browser shows if nobody has changed it. */
const REM = 16;

/**
 * A plugin that turns sizes in rem into pixels. A rem is the size of the text of the surrounding page, which may have
 * any value, and a figure keeps its own.
 */
export const fixedSizes = () => ({
  name: 'fixed sizes',
  renderChunk: (code) => ({
    code: code.replace(/(?<![\w.])(\d*\.?\d+)rem\b/g, (_, size) => `${Number((REM * Number(size)).toFixed(4))}px`),
    map: null,
  }),
});
