/** The look of `<rnn-sketch>`. */

import { css } from 'lit';
import { actions, visuallyHidden, host } from '../../shared/host.styles.ts';
import { key, plot } from '../curves/styles.ts';

export const styles = css`
  ${host}
  ${visuallyHidden}
  ${key}
  ${plot}
  ${actions}
  p { margin: 0; }
  .aside { color: var(--ink-2); }
  .title { display: block; margin: 8px 0 4px; font-weight: 600; }
  svg { forced-color-adjust: none; }

  .touch { position: absolute; left: 0; top: 0; user-select: none; }
  :host(:not([revealed])) .touch { touch-action: none; cursor: crosshair; }
  .plot .run.fresh { stroke-dasharray: none; }
  .ghost, .plot .ghost { stroke: var(--ghost); stroke-width: 2; stroke-dasharray: 4 3; }
  :host(:not([revealed])) .plot .ghost { stroke: var(--handle); stroke-width: 2.5; stroke-dasharray: none; stroke-linejoin: round; }
  .mark { fill: var(--handle); }

  details { margin-top: 10px; font-size: 14px; }
  summary { min-height: 28px; width: fit-content; color: var(--ink-2); cursor: pointer; }
  .sliders { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 6px 24px; margin-top: 4px; }
  .slider { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px; }
  .slider output { color: var(--ink-2); }
  input { grid-column: 1 / -1; width: 100%; height: 28px; margin: 0; accent-color: var(--select); }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }

  .result { min-height: 2.8em; margin-top: 10px; }
`;
