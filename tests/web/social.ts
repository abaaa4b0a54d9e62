// Takes web/pages/social.png, the picture that other sites show beside a link to the pages: the first figure of the
// lesson, as "Save picture" draws it, under the name of the project.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { iconLink } from '../../web/packaging/head.mjs';
import { launch, root } from './harness.ts';
import { openChapter } from './pages.ts';

/** The size that those sites ask for. */
const [WIDTH, HEIGHT] = [1200, 630];
/** In CSS pixels, the width at which the figure is drawn. Its words are larger in the picture. */
const DRAWN = 700;

const tab = await launch('chromium', { width: DRAWN, height: 900, scheme: 'light' });
try {
  const script = readdirSync(join(root, process.env.DIST ?? 'dist')).find((name) => /^picture-.*\.js$/.test(name));
  if (!script) throw new Error('dist has no picture-….js: run make page first');
  await openChapter(tab, CHAPTERS[0] ?? '', '#v=1&lesson=1');
  await tab.until(
    () =>
      document.querySelector('.stage rnn-unrolled')?.shadowRoot?.querySelector('.plot') && !document.body.dataset.busy,
  );
  const svg = await tab.evaluate(async (file) => {
    const { pictureOf } = (await import(file)) as {
      pictureOf(figure: HTMLElement, address: string): Promise<{ svg: string }>;
    };
    return (await pictureOf(document.querySelector('.stage rnn-unrolled') as HTMLElement, '')).svg;
  }, `./${script}`);
  const [, icon = ''] = /href="([^"]*)"/.exec(iconLink()) ?? [];
  await tab.resize(WIDTH, HEIGHT);
  await tab.open('about:blank'); /* the policy of the page allows no style inside a page */
  await tab.page?.setContent(`<!doctype html><style>
    body { display: grid; grid-template: auto minmax(0, 1fr) / auto; gap: 24px; box-sizing: border-box; height: 100vh; margin: 0; padding: 44px 56px 32px; background: #fff; color: #1a2030; font-family: system-ui, sans-serif; }
    header { display: flex; gap: 24px; align-items: center; font-size: 34px; color: #566074; }
    b { font-size: 60px; letter-spacing: -0.02em; color: #1a2030; }
    .icon { width: 72px; }
    .figure { width: 100%; height: 100%; object-fit: contain; }
  </style><header><img class="icon" src="${icon}"><b>Unrolled</b> an RNN you can take apart</header><img class="figure" src="data:image/svg+xml,${encodeURIComponent(svg)}">`);
  await tab.evaluate(() => Promise.all([...document.images].map((image) => image.decode())).then(() => undefined));
  writeFileSync(process.argv[2] ?? 'social.png', await tab.screenshot());
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
await tab.close();
process.exit(); /* the server of the tests would go on */
