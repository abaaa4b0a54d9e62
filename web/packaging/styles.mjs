// The styles and the markup of elements as they are sent: without the comments and the indentation that their readers
// need.

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

/** A plugin for Rolldown and Vite: whatever stands in a css`…` of an element, and the lines of its markup. */
export const tightStyles = () => ({
  name: 'styles',
  transform(code, id) {
    return /\/web\/(controls|figures|shared)\/.*\.ts$/.test(id)
      ? { code: flush(code.replace(/\bcss`[^`]*`/g, tight)), map: null }
      : undefined;
  },
});
