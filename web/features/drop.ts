/** Files and text dropped on a panel. */

import { plural, translate } from '../shared/translate.ts';
export interface Dropped {
  file: (file: File) => void;
  /** Called with the dropped text if it is not a file. */
  text: (text: string) => void;
  refuse: (why: string) => void;
}

export function takeDrops(panel: HTMLElement, { file, text, refuse }: Dropped): void {
  const over = (event: DragEvent, on: boolean): void => {
    event.preventDefault();
    panel.classList.toggle('over', on);
  };
  panel.addEventListener('dragover', (event) => over(event, true));
  panel.addEventListener('dragleave', (event) => over(event, false));
  panel.addEventListener('drop', (event) => {
    over(event, false);
    if (panel instanceof HTMLDetailsElement) panel.open = true; /* the result is visible */
    const [first, ...others] = event.dataTransfer?.files ?? [];
    const files = others.length + 1;
    if (files > 1)
      refuse(plural(files, { other: translate(`You dropped ${files} files, but this page reads one at a time`) }));
    else if (first) file(first);
    else text(event.dataTransfer?.getData('text/plain') ?? '');
  });
}
