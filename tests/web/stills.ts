// The pictures of the lesson for paper and for browsers without JavaScript: each figure of each step, as "Save picture"
// draws it. `make stills` writes them to web/lesson/pictures.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { launch, root, type Tab } from './harness.ts';
import { openChapter } from './pages.ts';

const DIST = join(root, process.env.DIST ?? 'dist');
export const PICTURES = join(root, 'web/lesson/pictures');
/** The width of the text on a printed page. */
const WIDTH = 760;

/** How long a run took on this machine, as the live figure says it. It says nothing on paper. */
const DURATION = / · [\d.,]+ m?s(?=<)/g;

/** The pictures of a chapter, by the names of their files. */
export async function stillsOf(tab: Tab, chapter: string): Promise<Map<string, string>> {
  const script = readdirSync(DIST).find((name) => /^picture-.*\.js$/.test(name));
  if (!script) throw new Error(`${DIST} has no picture-….js: run make page first`);
  const found = new Map<string, string>();
  await tab.resize(WIDTH, 1600);
  await openChapter(tab, chapter);
  const steps = await tab.evaluate(() => document.querySelectorAll('[data-step]').length);
  for (let step = 1; step <= steps; step++) {
    await openChapter(tab, chapter, `#v=1&lesson=${step}`);
    /* a picture that fills part by part is taken when all parts are done */
    if (await tab.evaluate(() => document.querySelector('[data-current] #slow-range') !== null)) {
      await tab.focus('#slow-range');
      await tab.press('End');
      await tab.press('ArrowLeft');
    }
    /* a figure that a guess hides is shown with the answer */
    const hides = (): Promise<boolean> =>
      tab.evaluate(() => {
        const shown = [...document.querySelectorAll<HTMLElement>('.stage *')].filter(
          (figure) => figure.localName.startsWith('rnn-') && figure.checkVisibility(),
        );
        return shown.length === 0 && document.querySelector('.stage [data-after]') !== null;
      });
    while (await hides())
      await tab.click('[data-current] form[data-guess]:not([data-done]) .actions .button:not(.main)');
    /* the tooltips of words are loaded with the reader's first gesture */
    await tab.until(() => {
      const figures = [...document.querySelectorAll<HTMLElement>('.stage *')].filter(
        ({ localName }) => localName.startsWith('rnn-') && localName !== 'rnn-symbol',
      );
      const shown = figures.filter((figure) => figure.checkVisibility());
      return (
        !document.body.hasAttribute('data-busy') &&
        shown.every(
          (figure) =>
            figure.matches(':defined') &&
            !figure.hasAttribute('data-outdated') &&
            (/^rnn-(handle|training)$/.test(figure.localName) ||
              figure.shadowRoot?.querySelector('svg, canvas, table')),
        )
      );
    });
    const svgs = await tab.evaluate(async (file) => {
      const { pictureOf } = (await import(file)) as {
        pictureOf(figure: HTMLElement, address: string): Promise<{ svg: string }>;
      };
      const shown = [...document.querySelectorAll<HTMLElement>('.stage *')].filter(
        (figure) =>
          figure.localName.startsWith('rnn-') &&
          !/^rnn-(handle|symbol|training)$/.test(figure.localName) &&
          figure.checkVisibility(),
      );
      const taken: string[] = [];
      for (const figure of shown) taken.push((await pictureOf(figure, '')).svg);
      return taken;
    }, `./${script}`);
    svgs.forEach((svg, i) => found.set(`${chapter}.${step}.${i + 1}.svg`, svg.replace(DURATION, '')));
  }
  return found;
}

if (process.argv[1] === import.meta.filename) {
  const tab = await launch('chromium');
  try {
    mkdirSync(PICTURES, { recursive: true });
    const asked = process.argv.slice(2);
    for (const chapter of asked.length > 0 ? asked : CHAPTERS) {
      const taken = await stillsOf(tab, chapter);
      for (const name of readdirSync(PICTURES)) if (name.startsWith(`${chapter}.`)) rmSync(join(PICTURES, name));
      for (const [name, svg] of taken) writeFileSync(join(PICTURES, name), svg);
    }
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
  await tab.close();
  process.exit(); /* the server of the tests would go on */
}
