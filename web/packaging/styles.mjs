// Removes comments and indentation from the styles and the markup of elements, because browsers do not need them.

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
