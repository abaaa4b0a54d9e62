/**
 * Keys that a figure uses do not propagate, so slides around it stay where they are. All other keys do: a presenter's
 * remote sends Page Up and Page Down, which work while the focus is in a figure, too.
 */

const FIELDS =
  'textarea, select, input:not([type="range"], [type="checkbox"], [type="radio"], [type="button"], [type="file"])';
const BUTTONS = 'button, summary, a[href], select, input';
const SLIDERS = 'input[type="range"]';

const ARROWS = /^Arrow(Left|Right|Up|Down)$/;
const ENDS = /^(Home|End|PageUp|PageDown)$/;
const WRITTEN = /^(.|Home|End|Enter|Backspace|Delete)$/u;

function uses(element: Element, key: string): boolean {
  if (ARROWS.test(key)) return true;
  if (element.matches(FIELDS)) return WRITTEN.test(key);
  if (element.matches(SLIDERS)) return ENDS.test(key);
  return element.matches(BUTTONS) && (key === ' ' || key === 'Enter');
}

export function keepKey(event: KeyboardEvent): void {
  const [within] = event.composedPath();
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
  if (event.defaultPrevented || (plain && within instanceof Element && uses(within, event.key)))
    event.stopPropagation();
}
