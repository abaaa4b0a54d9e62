/** A description of the picture for screen readers. Pure. */

import type { DataNames } from '../../shared/data-names.ts';
import { list, plural, translate } from '../../shared/translate.ts';
import type { Reading } from './trace.ts';

const CELLS: Readonly<Record<number, string>> = { 3: translate('a GRU network'), 4: translate('an LSTM network') };

function readoutSentence(trace: Reading, { tokens, target }: DataNames): string {
  const what = {
    probability: translate('the probability p of y = 1'),
    classes: tokens
      ? plural(trace.outputs, { other: translate(`a probability for each of ${trace.outputs} words`) })
      : plural(trace.outputs, { other: translate(`a probability for each of ${trace.outputs} classes`) }),
    value: target ? target.name : translate('a value'),
  }[trace.answer];
  return trace.everyStep
    ? translate(`At every time step the weights V read h out as ${what}.`)
    : translate(`After the last time step the weights V read h out as ${what}.`);
}

function inputSentence({ features }: Reading, { tokens, quantities }: DataNames): string {
  if (tokens) return translate('At each time step, one word enters through the weights U.');
  if (quantities) {
    const names = list(quantities.map(({ name }) => name));
    return translate(`What enters through the weights U at each time step: ${names}.`);
  }
  return plural(features, {
    one: translate('At each time step, one number x enters through the weights U.'),
    other: translate(`At each time step, ${features} numbers x enter through the weights U.`),
  });
}

/** A description of the picture for screen readers. */
export function description(trace: Reading, names: DataNames = {}): string {
  const { timesteps, units, layers } = trace;
  const cell = CELLS[trace.gates.length] ?? translate('a recurrent network');
  return [
    plural(timesteps, {
      one: translate(`This is ${cell}, unrolled over ${timesteps} time step.`),
      other: translate(`This is ${cell}, unrolled over ${timesteps} time steps.`),
    }),
    inputSentence(trace, names),
    plural(units, {
      one: translate(`The state h of ${units} unit comes from the previous time step through the weights W.`),
      other: translate(`The state h of ${units} units comes from the previous time step through the weights W.`),
    }),
    translate('U, W and the bias b are the same at every time step, and h starts at 0.'),
    ...(layers > 1
      ? [
          plural(layers, { other: translate(`There are ${layers} layers, and each reads h of the layer below.`) }),
          translate(`Layer ${trace.layer} is shown whole.`),
        ]
      : []),
    readoutSentence(trace, names),
  ].join(' ');
}
