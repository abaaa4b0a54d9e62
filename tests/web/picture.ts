// Takes the README's picture: the first screen, after the first number was dragged below ½.
import { writeFileSync } from 'node:fs';
import { launch } from './harness.ts';
import { openChapter } from './pages.ts';

const tab = await launch('chromium', { width: 1440, height: 900 });
try {
  await openChapter(tab, 'remember', '#v=1&lesson=1&x=1:0.2');
  await tab.until(
    () => document.querySelector('rnn-unrolled')?.shadowRoot?.querySelector('.plot') && !document.body.dataset.busy,
  );
  await tab.until(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))));
  writeFileSync(
    process.argv[2] ?? 'picture.png',
    (await tab.page?.screenshot({ type: 'png', clip: { x: 0, y: 0, width: 1440, height: 880 } })) ?? '',
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
await tab.close();
process.exit(); /* the server of the tests would go on */
