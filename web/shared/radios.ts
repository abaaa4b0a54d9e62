/** Radio buttons that are added to and removed from a shadow root. */

import { html, type TemplateResult } from 'lit';

const stay = (event: Event): void => event.preventDefault();

/**
 * Puts the buttons of a group into a form that is never sent. Without a form, Chromium registers the group at the
 * shadow root and keeps every button that was ever removed from it. The page's styles give the form no box.
 */
export const radios = (buttons: unknown): TemplateResult => html`<form @submit=${stay}>${buttons}</form>`;
