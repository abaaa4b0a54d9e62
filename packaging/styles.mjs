// The styles of elements as they are sent: without the comments and the indentation that their readers need.

const tight = (css) => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ');

/** A plugin for Rolldown and Vite: whatever stands in a css`…` of an element. */
export const tightStyles = () => ({
  name: 'styles',
  transform(code, id) {
    return /\/web\/elements\/[^/]+\.ts$/.test(id) ? { code: code.replace(/\bcss`[^`]*`/g, tight), map: null } : undefined;
  },
});
