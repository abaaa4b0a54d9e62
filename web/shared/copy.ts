import { translate } from './translate.ts';
const labels = new WeakMap<HTMLElement, { words: string; timer: ReturnType<typeof setTimeout> }>();

/** Puts text on the clipboard; the button that was pressed says how it went, for a moment. */
export function copyFrom(button: HTMLElement, text: () => string): void {
  const say = (answer: string): void => {
    const before = labels.get(button);
    clearTimeout(before?.timer);
    const words = before?.words ?? button.textContent ?? '';
    button.textContent = answer;
    const timer = setTimeout(() => {
      button.textContent = words;
      labels.delete(button);
    }, 1500);
    labels.set(button, { words, timer });
  };
  if (!navigator.clipboard) say(translate('Not allowed here'));
  else
    navigator.clipboard.writeText(text()).then(
      () => say(translate('Copied')),
      () => say(translate('Not allowed here')),
    );
}
