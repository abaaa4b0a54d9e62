/** The shape of sequence data: its extents are settings of the page. */

import type { App } from '../../app/app.ts';
import './element.ts';
import type { RnnDataCube } from './element.ts';

export function feed({ store }: App, figure: RnnDataCube): void {
  const show = (): void => {
    const { example, samples, steps, features } = store.state;
    Object.assign(figure, { kind: example, samples, timesteps: steps, features });
  };
  store.listen(show);
  show();
}
