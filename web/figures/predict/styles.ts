/** The look of `<rnn-predict>`. */

import { css } from 'lit';
import { actions, host } from '../../shared/host.styles.ts';

export const styles = css`
  ${host}
  :host { line-height: 1.5; overflow-wrap: anywhere; }
  .card { padding: 14px 16px; border: 1px solid var(--line); border-radius: var(--radius); }
  form { display: contents; }
  fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
  legend { max-width: 44rem; margin-bottom: 6px; padding: 0; font-weight: 600; }
  p { max-width: 44rem; margin: 0; }
  .aside { color: var(--ink-2); }
  .choice { display: flex; gap: 10px; align-items: baseline; width: fit-content; min-height: 32px; padding: 4px 10px 4px 7px; border-left: 3px solid transparent; cursor: pointer; }
  fieldset[disabled] .choice { cursor: default; }
  .choice.answer { border-left-color: var(--ink); font-weight: 600; }
  input { flex: none; width: 16px; height: 16px; margin: 0; transform: translateY(2px); accent-color: var(--select); }
  .mark { color: var(--ink-2); font-weight: 400; white-space: nowrap; }
  ${actions}
  .result:not(:empty) { margin-top: 12px; }
  .result > * + * { margin-top: 8px; }
  ul { margin: 0; padding: 0; list-style: none; }
  li { padding: 1px 0; }
  .verdict strong { margin-right: 4px; }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
`;
