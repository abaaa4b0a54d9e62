/** The glossary is text: its script only leads to the other languages. */

import { followLanguage, leaveForLanguage } from '../app/language.ts';
import { removeNotRunning } from '../app/not-running.ts';

if (!leaveForLanguage([])) {
  followLanguage();
  removeNotRunning();
}
