/** The mark of a figure that still shows earlier settings: whoever draws a figure says when that is so, and when it is over. */

const MARKS = new WeakMap<HTMLElement, HTMLElement>();

/** `sentence` says what the figure shows instead; '': it is up to date. A line of words gets no sentence of its own: its figure has one.
 *  The attributes change at once. What is seen of them (base.css) appears
 *  only where it lasts, so that a drag at the pace of the screen does not flicker, and takes no room. */
export function markOutdated(figure: HTMLElement, sentence: string): void {
  if (sentence === '') {
    if (!figure.hasAttribute('data-outdated')) return;
    figure.removeAttribute('data-outdated');
    figure.removeAttribute('aria-busy');
    MARKS.get(figure)?.remove();
    return;
  }
  figure.toggleAttribute('data-outdated', true);
  figure.setAttribute('aria-busy', 'true');
  if (figure.localName === 'p' || figure.localName === 'span') return;
  let mark = MARKS.get(figure);
  if (!mark) {
    mark = document.createElement('p');
    mark.className = 'outdated';
    MARKS.set(figure, mark);
  }
  if (mark.textContent !== sentence) mark.textContent = sentence;
  if (mark.nextSibling !== figure) figure.before(mark);
}
