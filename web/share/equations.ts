/**
 * The equations of a cell, with the letters of docs/equations.md and of the figures, as lines of text with subscripts:
 * `h_t` becomes h with a subscript t.
 */

import type { GATES } from '../shared/core-facts.ts';

const FORMULAS: Readonly<Record<string, readonly string[]>> = {
  simple_rnn: ['h_t = tanh(U x_t + W h_t−1 + b)'],
  gru: [
    'u_t = σ(U_u x_t + W_u h_t−1 + b_u)',
    'r_t = σ(U_r x_t + W_r h_t−1 + b_r)',
    'g_t = tanh(U_g x_t + b_g + r_t ⊙ (W_g h_t−1 + b′_g))',
    'h_t = u_t ⊙ h_t−1 + (1 − u_t) ⊙ g_t',
  ],
  lstm: [
    'i_t = σ(U_i x_t + W_i h_t−1 + b_i)',
    'f_t = σ(U_f x_t + W_f h_t−1 + b_f)',
    'g_t = tanh(U_g x_t + W_g h_t−1 + b_g)',
    'o_t = σ(U_o x_t + W_o h_t−1 + b_o)',
    'c_t = f_t ⊙ c_t−1 + i_t ⊙ g_t',
    'h_t = o_t ⊙ tanh(c_t)',
  ],
} satisfies Record<keyof typeof GATES, readonly string[]>;

/** The equations of a cell, one line each. */
export function formulaOf(cell: string, activation = 'tanh'): HTMLElement[] {
  return (FORMULAS[cell] ?? []).map((line) => {
    const made = document.createElement('p');
    made.className = 'formula';
    for (const part of line.replace(/tanh/, cell === 'simple_rnn' ? activation : 'tanh').split(/(_[\wt−′]+)/)) {
      if (!part.startsWith('_')) made.append(part);
      else {
        const lowered = document.createElement('sub');
        lowered.textContent = part.slice(1);
        made.append(lowered);
      }
    }
    return made;
  });
}
