/** Makes a question from its facts. */

import { input, length, loop, luck } from './changes.ts';
import type { Facts } from './facts.ts';
import { empty, feature, gradient, readout, term } from './inside.ts';
import type { Question } from './question.ts';

/** A string is the reason why there is no question. */
export function questionOf(facts: Facts): Question | string {
  switch (facts.question) {
    case 'input':
      return input(facts);
    case 'loop':
      return loop(facts);
    case 'length':
      return length(facts);
    case 'term':
      return term(facts);
    case 'gradient':
      return gradient(facts);
    case 'empty':
      return empty(facts);
    case 'readout':
      return readout(facts);
    case 'feature':
      return feature(facts);
    case 'luck':
      return luck(facts);
    case 'none':
      return facts.reason;
  }
}
