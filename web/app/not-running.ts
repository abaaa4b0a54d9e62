/**
 * Each page contains the sentence that its program is not running. The style shows it after some seconds, unless the
 * program has removed it by then.
 */

export function removeNotRunning(): void {
  document.querySelector('.not-running')?.remove();
}
