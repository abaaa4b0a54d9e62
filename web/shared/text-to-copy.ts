/** Where the clipboard is not allowed: the text selected, so that the reader's keys or menu can copy it. */

export interface TextPlace {
  button: HTMLElement;
  /** What the button says. */
  name: string;
  /** A field that shows the text already. */
  field: HTMLTextAreaElement | undefined;
}

/** Without a field of its own the text is shown below the button, and goes when the reader goes on. */
export function selectText(text: string, { button, name, field }: TextPlace): void {
  const shown = field ?? document.createElement('textarea');
  if (!field) {
    shown.style.cssText =
      'display: block; flex-basis: 100%; width: 100%; margin: 8px 0; font: 13px / 1.4 var(--font-code)';
    shown.readOnly = true;
    shown.spellcheck = false;
    shown.rows = 4;
    shown.addEventListener('blur', () => shown.remove());
    shown.setAttribute('aria-label', name);
    shown.value = text;
    button.after(shown);
  }
  shown.focus({ preventScroll: true });
  shown.select();
}
