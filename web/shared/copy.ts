import { translate } from './translate.ts';

const labels = new WeakMap<HTMLElement, { words: string; timer: ReturnType<typeof setTimeout> }>();

/** In milliseconds, how long a button shows its answer. */
const SHOWN = 1500;
const SHOWN_UNTIL_COPIED = 6000;

/**
 * Copies text to the clipboard; the button shows for a moment whether that succeeded. Where the clipboard is not
 * allowed, as in many frames, the text is selected instead, so that the reader's keys or menu can copy it. `field`: one
 * that shows the text already.
 */
export function copyFrom(button: HTMLElement, text: () => string, field?: HTMLTextAreaElement): void {
  const say = (answer: string, shown: number): void => {
    const before = labels.get(button);
    clearTimeout(before?.timer);
    const words = before?.words ?? button.textContent ?? '';
    button.textContent = answer;
    const timer = setTimeout(() => {
      button.textContent = words;
      labels.delete(button);
    }, shown);
    labels.set(button, { words, timer });
  };
  const refused = (): void => {
    say(translate('Selected: press Ctrl+C or ⌘C'), SHOWN_UNTIL_COPIED);
    const name = button.getAttribute('aria-label') ?? labels.get(button)?.words ?? '';
    void import('./text-to-copy.ts').then(({ selectText }) => selectText(text(), { button, name, field }));
  };
  if (!navigator.clipboard) refused();
  else navigator.clipboard.writeText(text()).then(() => say(translate('Copied'), SHOWN), refused);
}
