/** Radio buttons that come and go in a shadow root. */

import { html, type TemplateResult } from 'lit';

const stay = (event: Event): void => event.preventDefault();

/**
 * The buttons of one group, in a form of their own that is never sent. Chromium keeps a group that is in no form at its
 * shadow root, and with it each button that was ever removed from there. The page's styles give the form no box.
 */
export const radios = (buttons: unknown): TemplateResult => html`<form @submit=${stay}>${buttons}</form>`;
