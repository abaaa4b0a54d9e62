/**
 * Each page says that its program is not running. Style shows the sentence after some seconds; a program that runs
 * takes it away before.
 */

export function itRuns(): void {
  document.querySelector('.not-running')?.remove();
}
