/** Makes a question from its facts. */

import type { DataNames } from '../../shared/data-names.ts';
import { input, length, loop, luck } from './changes.ts';
import type { Facts } from './facts.ts';
import { empty, feature, gradient, readout, term } from './inside.ts';
import type { Question } from './question.ts';

/** A string is the reason why there is no question. */
export function questionOf(facts: Facts, names: DataNames = {}): Question | string {
  switch (facts.question) {
    case 'input':
      return input(facts, names);
    case 'loop':
      return loop(facts, names);
    case 'length':
      return length(facts);
    case 'term':
      return term(facts, names);
    case 'gradient':
      return gradient(facts);
    case 'empty':
      return empty(facts);
    case 'readout':
      return readout(facts, names);
    case 'feature':
      return feature(facts);
    case 'luck':
      return luck(facts);
    case 'none':
      return facts.reason;
  }
}
