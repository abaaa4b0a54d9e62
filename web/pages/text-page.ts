/** The glossary and the questions are text: their script only leads to the other languages. */

import { followLanguage, leaveForLanguage } from '../app/language.ts';
import { removeNotRunning } from '../app/not-running.ts';

if (!leaveForLanguage([])) {
  followLanguage();
  removeNotRunning();
}
