import type { App } from '../app/app.ts';

/** Connects the choice between curves by epoch and by batch. A diverged run is always drawn by batch. */
export function curvesBy(app: App, by: HTMLSelectElement): void {
  const { store } = app;
  const { training } = app.run('');
  by.addEventListener('change', () => store.change({ byBatch: by.selectedIndex === 1 }));
  const show = (): void => {
    const diverged = training.shown?.run.diverged !== undefined;
    by.selectedIndex = Number(store.state.byBatch || diverged);
    by.disabled = diverged;
  };
  training.listenToRuns(show);
  store.listen(show);
  show();
}
