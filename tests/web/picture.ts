// Takes the README's picture: the first screen after a drag from 0.001, so that the previous run shows as a ghost.
import { writeFileSync } from 'node:fs';
import { launch } from './harness.ts';
import { openNotebook } from './pages.ts';

const tab = await launch('chromium', { width: 1280, height: 720 });
try {
  await openNotebook(tab);
  const captionHas = (part: string) =>
    (document.getElementById('compare') as unknown as { caption: string }).caption.includes(part);
  await tab.until(captionHas, 'parameters');
  await tab.drag('rnn-handle', { x: 60, y: 0 }, 20);
  await tab.until(captionHas, '→');
  await tab.until(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))));
  writeFileSync(
    process.argv[2] ?? 'picture.png',
    (await tab.page?.screenshot({ type: 'png', clip: { x: 40, y: 0, width: 1200, height: 570 } })) ?? '',
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
await tab.close();
process.exit(); /* the server of the tests would go on */
