import { translate } from './translate.ts';
const labels = new WeakMap<HTMLElement, { words: string; timer: ReturnType<typeof setTimeout> }>();

/** Copies text to the clipboard; the button shows for a moment whether that succeeded. */
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
