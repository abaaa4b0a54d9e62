/** The gates of a cell in the order of a trace, with the letters of docs/equations.md. */

import { GATES } from '../shared/core-facts.ts';
import { translate } from '../shared/translate.ts';
import type { TermName } from './vocabulary.ts';

export interface Gate {
  /** The letter of the gate's activation. As a subscript it marks the weights and the pre-activation of the gate. */
  letter: string;
  name: string;
  term: TermName;
  /** The gate's activation function; '' if that of a SimpleRNN is unknown. */
  activation: 'tanh' | 'relu' | 'σ' | '';
}

const GATED: Readonly<Record<number, readonly Gate[]>> = {
  [GATES.gru]: [
    { letter: 'u', name: translate('update gate'), term: 'updateGate', activation: 'σ' },
    { letter: 'r', name: translate('reset gate'), term: 'resetGate', activation: 'σ' },
    { letter: 'g', name: translate('candidate'), term: 'candidate', activation: 'tanh' },
  ],
  [GATES.lstm]: [
    { letter: 'i', name: translate('input gate'), term: 'inputGate', activation: 'σ' },
    { letter: 'f', name: translate('forget gate'), term: 'forgetGate', activation: 'σ' },
    { letter: 'g', name: translate('candidate'), term: 'cellCandidate', activation: 'tanh' },
    { letter: 'o', name: translate('output gate'), term: 'outputGate', activation: 'σ' },
  ],
};

/** `count`: the number of gates; `activation`: that of a SimpleRNN. */
export const gatesOf = (count: number, activation: Gate['activation'] = ''): readonly Gate[] =>
  GATED[count] ?? [{ letter: 'h', name: translate('state'), term: 'h', activation }];
