// Real browsers for the page's tests: one small interface over Chromium and Firefox (puppeteer-core) and WebKit
// (WebDriver).
//
//   forEachBrowser('the slider moves', async (tab) => {
//     await tab.open(site.url);
//     await tab.click('rnn-notebook >>> button.run');
//     await tab.until(() => document.title.includes('done'));
//   });
//
// A selector crosses into a shadow root at '>>>'. Mouse and keys are the browser's own, not made-up events. `until` is
// the only way to wait: for something in the page to become true.
import assert from 'node:assert/strict';
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { serve } from '../../web/packaging/serve.mjs';
import { closeShared, launchPuppeteer } from './puppeteer.ts';
import { launchWebKit } from './webkit.ts';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export interface View {
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  reducedMotion?: boolean;
  touch?: boolean;
  /** One of many languages, states, widths or themes: only make test-all runs it, make test reports it as skipped. */
  every?: boolean;
  /** Browsers that cannot show it, each with the reason: reported as skipped. */
  without?: Record<string, string>;
}

/** A file that a reader gives to the page; without content it is a folder. */
export interface Given {
  name: string;
  content?: string | Uint8Array;
}

export interface Point {
  x: number;
  y: number;
}

/** What a browser must be able to do; the rest is built on it. */
export interface Driver {
  open(url: string): Promise<void>;
  evaluate<T>(script: string): Promise<T>;
  /** Resolves to true once the expression is true, to false after so many milliseconds. */
  until(expression: string, milliseconds: number): Promise<boolean>;
  mouse(action: 'move' | 'down' | 'up', point: Point): Promise<void>;
  key(action: 'down' | 'up', key: string): Promise<void>;
  /** Gives files to the file field that the expression answers. */
  upload(expression: string, paths: readonly string[]): Promise<void>;
  /** Pastes into what has the focus, where the browser can be given a clipboard. */
  paste?(text: string): Promise<void>;
  /** Drops files and texts, each with its MIME type, where the browser can be given them. */
  drop?(at: Point, data: { paths: string[]; items: [string, string][] }): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
  /** Errors of the page and its console, refused loads included. WebKit tells none. */
  problems: string[];
  /** puppeteer's own page, where there is one. */
  page?: import('puppeteer-core').Page;
}

export class Tab {
  constructor(
    readonly browser: string,
    private readonly driver: Driver,
  ) {}

  get problems(): string[] {
    return this.driver.problems;
  }

  get page(): import('puppeteer-core').Page | undefined {
    return this.driver.page;
  }

  open(url: string): Promise<void> {
    return this.driver.open(url);
  }

  /** Runs a function in the page; it sees its arguments and the page, nothing of the test. */
  // biome-ignore lint/suspicious/noExplicitAny: arguments of any kind that JSON can carry
  evaluate<A extends any[], T>(body: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    return this.driver.evaluate<T>(call(body, args));
  }

  /** Waits until a function, run in the page, answers true. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async until<A extends any[]>(body: (...args: A) => unknown, ...args: A): Promise<void> {
    const limit = 20_000;
    if (await this.driver.until(call(body, args), limit)) return;
    const missed = await this.driver.evaluate<string | undefined>('globalThis.missedClick');
    assert.fail(
      `${this.browser}: not within ${limit / 1000} s: ${body} ${JSON.stringify(args)}${missed ? `; ${missed}` : ''}`,
    );
  }

  /** Waits until the element is there, brings it into view and answers its middle, as soon as that rests for a frame. */
  async middle(selector: string): Promise<Point> {
    await this.driver.until(`!!(${deep})(${JSON.stringify(selector)})`, 20_000);
    const point = await this.driver.evaluate<Point | null>(`(async (selector) => {
      let last = '';
      for (let frames = 0; ; frames++) {
        const element = (${deep})(selector);
        if (!element) return null;
        element.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
        const box = element.getBoundingClientRect();
        const middle = {x: box.x + box.width / 2, y: box.y + box.height / 2};
        if (JSON.stringify(middle) === last || frames === 10) return middle;
        last = JSON.stringify(middle);
        await new Promise(requestAnimationFrame);
      }
    })(${JSON.stringify(selector)})`);
    assert.ok(point, `${this.browser}: no element ${selector}`);
    return point;
  }

  text(selector: string): Promise<string> {
    return this.driver.evaluate<string>(`(${deep})(${JSON.stringify(selector)})?.textContent ?? ''`);
  }

  /** If something else is hit, because the page moved or something lies above, the next `until` that fails says so. */
  async click(selector: string): Promise<void> {
    const point = await this.middle(selector);
    await this.driver.evaluate(`((selector) => {
      const wanted = (${deep})(selector);
      globalThis.missedClick = 'the click on ' + selector + ' hit nothing';
      addEventListener('pointerdown', (event) => {
        const path = event.composedPath();
        globalThis.missedClick = path.includes(wanted) ? undefined
          : 'the click on ' + selector + ' hit ' + path[0].localName + '#' + path[0].id;
      }, { capture: true, once: true });
    })(${JSON.stringify(selector)})`);
    await this.clickAt(point);
  }

  async clickAt(point: Point): Promise<void> {
    for (const action of ['move', 'down', 'up'] as const) await this.driver.mouse(action, point);
  }

  mouse(action: 'move' | 'down' | 'up', point: Point): Promise<void> {
    return this.driver.mouse(action, point);
  }

  hover(point: Point): Promise<void> {
    return this.mouse('move', point);
  }

  /** From the middle of an element so far to the right and down, in so many moves. */
  async drag(selector: string, by: Point, moves = 10): Promise<void> {
    const from = await this.middle(selector);
    await this.driver.mouse('move', from);
    await this.driver.mouse('down', from);
    for (let i = 1; i <= moves; i++)
      await this.driver.mouse('move', { x: from.x + (by.x * i) / moves, y: from.y + (by.y * i) / moves });
    await this.driver.mouse('up', { x: from.x + by.x, y: from.y + by.y });
  }

  /** Keys by their KeyboardEvent names, held together: press('Shift', 'Tab'). */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.driver.key('down', key);
    for (const key of keys.reverse()) await this.driver.key('up', key);
  }

  async type(text: string): Promise<void> {
    for (const key of text) await this.press(key);
  }

  /** Chooses the option with this value, by keys. */
  async select(selector: string, value: string): Promise<void> {
    await this.middle(selector);
    const options = await this.driver.evaluate<[value: string, label: string][]>(
      `[...(${deep})(${JSON.stringify(selector)}).options].filter(({ disabled, hidden }) => !disabled && !hidden)
        .map(({ value, label }) => [value, label])`,
    );
    const place = options.findIndex(([name]) => name === value);
    assert.ok(place >= 0, `${this.browser}: ${selector} has no option ${value}`);
    await this.focus(selector);
    /* Firefox chooses by the first letters, the others from the list that the space bar opens. */
    if (this.browser === 'firefox') return this.type((options[place] as [string, string])[1]);
    await this.press(' ');
    await this.press('Home');
    for (let i = 0; i < place; i++) await this.press('ArrowDown');
    await this.press('Enter');
  }

  /** Replaces what a field says. Browsers whose driver has no clipboard insert the text as typing does, in one step. */
  async paste(selector: string, text: string): Promise<void> {
    await this.middle(selector);
    await this.focus(selector);
    await this.press('Control', 'a');
    if (this.driver.paste) await this.driver.paste(text);
    else await this.evaluate((words) => document.execCommand('insertText', false, words), text);
  }

  /** Chooses a file in a file field. */
  upload(selector: string, file: Given): Promise<void> {
    return this.driver.upload(`(${deep})(${JSON.stringify(selector)})`, written([file]));
  }

  /** Drops files, or texts by their MIME types, onto an element. */
  async drop(selector: string, files: readonly Given[], texts: Record<string, string> = {}): Promise<void> {
    const at = await this.middle(selector);
    const items = Object.entries(texts);
    if (this.driver.drop) return this.driver.drop(at, { paths: written(files), items });
    /* drivers of Firefox and WebKit can carry nothing: the event is made, of the same data */
    const data = files.map(({ name, content }) => [name, content === undefined ? null : [...Buffer.from(content)]]);
    await this.driver.evaluate(`((element, files, texts) => {
      const transfer = new DataTransfer();
      for (const [type, text] of texts) transfer.setData(type, text);
      for (const [name, bytes] of files) transfer.items.add(new File([Uint8Array.from(bytes ?? [])], name));
      const event = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true });
      const folder = transfer.files[files.findIndex(([, bytes]) => bytes === null)];
      if (folder) {
        folder.text = folder.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
        Object.defineProperty(event, 'dataTransfer', { value: { files: [folder], types: ['Files'], getData: () => '' } });
      }
      element.dispatchEvent(event);
    })((${deep})(${JSON.stringify(selector)}), ${JSON.stringify(data)}, ${JSON.stringify(items)})`);
  }

  async focus(selector: string): Promise<void> {
    await this.driver.until(`!!(${deep})(${JSON.stringify(selector)})`, 20_000);
    await this.driver.evaluate(`(${deep})(${JSON.stringify(selector)})?.focus()`);
  }

  resize(width: number, height: number): Promise<void> {
    return this.driver.resize(width, height);
  }

  async screenshot(file?: string): Promise<Uint8Array> {
    const png = await this.driver.screenshot();
    if (file) writeFileSync(file, png);
    return png;
  }

  close(): Promise<void> {
    return this.driver.close();
  }

  /**
   * The accessibility faults that axe-core finds, one line each. In the dark scheme only the rules are checked whose
   * result depends on colors, because the test checks all rules in the light one. `part`: checks this element only,
   * which takes a quarter of the time, where the rest of the page has been checked in another state.
   */
  async faults(scheme: 'light' | 'dark' = 'light', part?: string): Promise<string[]> {
    const rules = scheme === 'dark' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {};
    if (!(await this.driver.evaluate<boolean>(`'axe' in globalThis`)))
      await this.driver.evaluate(
        `(() => { ${readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')}\n })()`,
      );
    /* What passes is not described and no file is fetched anew (only audio would need it): that halves the time. */
    const options = JSON.stringify({ ...rules, resultTypes: ['violations'], preload: false });
    return this.driver.evaluate<
      string[]
    >(`axe.run(${part ? `document.querySelector(${JSON.stringify(part)})` : 'document'}, ${options}).then((result) => result.violations.flatMap((rule) =>
      rule.nodes.map((node) => rule.id + ': ' + node.target.flat().join(' >>> ') + ': ' + rule.help)))`);
  }
}

/** The paths of these files, which lie in a folder of their own. */
function written(files: readonly Given[]): string[] {
  const tests = join(root, process.env.BUILD ?? 'build', 'tests');
  mkdirSync(tests, { recursive: true });
  const folder = mkdtempSync(join(tests, 'given-'));
  return files.map(({ name, content }) => {
    const path = join(folder, name);
    if (content === undefined) mkdirSync(path);
    else writeFileSync(path, content);
    return path;
  });
}

const deep = `(selector) => selector.split('>>>').reduce((scope, part, i) =>
  scope && (i ? scope.shadowRoot : scope)?.querySelector(part.trim()), document)`;

// biome-ignore lint/suspicious/noExplicitAny: any function of the page
function call(body: (...args: any[]) => unknown, args: unknown[]): string {
  return `(${body})(${args.map((arg) => JSON.stringify(arg) ?? 'undefined').join(', ')})`;
}

/** The full name of a program, or undefined. */
export function program(...names: string[]): string | undefined {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {}
    }
  return undefined;
}

/**
 * Chromium without its windows and menus: the same engine, and a page opens in less than half the time. CHROMIUM=whole
 * asks for all of Chromium, as make test-all does.
 */
const shell = process.env.CHROMIUM === 'whole' ? [] : ['chromium-headless-shell'];
const programs: Record<string, string[]> = {
  chromium: [...shell, 'chromium', 'chromium-browser', 'google-chrome'],
  firefox: ['firefox-esr', 'firefox'],
  webkit: ['WebKitWebDriver'],
};

/** True under `make test-all`, which visits every language, state, width and theme. */
export const EVERY = process.env.EVERY === '1';

/**
 * The states in which a test of this theme looks for accessibility faults, and the rules that it checks. `make test-all`
 * visits all states in both themes, `make test` each state in one of them, with all rules.
 */
export const inTheme = <T>(
  scheme: 'light' | 'dark',
  states: readonly T[],
): { states: readonly T[]; rules: typeof scheme } =>
  EVERY
    ? { states, rules: scheme }
    : { states: states.filter((_, i) => i % 2 === (scheme === 'light' ? 0 : 1)), rules: 'light' };

export const browsers = (process.env.BROWSERS ?? 'chromium').split(/[\s,]+/).filter(Boolean);

/** `share`: in a browser that other tabs of this process share. */
export async function launch(browser = 'chromium', view: View = {}, share = false): Promise<Tab> {
  const path = program(...(programs[browser] ?? [browser]));
  if (!path) throw new Error(`${browser} is not installed`);
  const driver =
    browser === 'webkit' ? await launchWebKit(path, view) : await launchPuppeteer(browser, path, view, share);
  const tab = new Tab(browser, driver);
  await tab.resize(view.width ?? 1280, view.height ?? 800);
  return tab;
}

let sharing = false;

/**
 * One test for each browser asked for by BROWSERS. One that is not installed is reported as skipped; in CI as failed.
 */
export function forEachBrowser(name: string, body: (tab: Tab) => Promise<void>, view: View = {}): void {
  if (!sharing) after(async () => void (await Promise.all([closeShared(), site?.then((server) => server.close())])));
  sharing = true;
  for (const browser of browsers) {
    const installed = program(...(programs[browser] ?? []));
    const missing = !installed && !process.env.CI ? `not run: ${browser} is not installed` : false;
    const skip = view.without?.[browser] ?? (view.every && !EVERY ? 'only make test-all runs it' : missing);
    test(`${browser}: ${name}`, { skip, timeout: 120_000 }, async () => {
      const tab = await launch(browser, view, true);
      try {
        await body(tab);
      } finally {
        await tab.close();
      }
    });
  }
}

interface Server {
  url: string;
  close(): Promise<void>;
}

let site: Promise<Server> | undefined;

/**
 * The built page, served as make demo does, by one server for all tests of a file; or by another server a copy of it
 * that lacks the files with one ending.
 */
export async function serveSite(lacking?: string): Promise<Server> {
  const dist = join(root, process.env.DIST ?? 'dist');
  if (!lacking) {
    site ??= serve(dist);
    return { url: (await site).url, close: async () => undefined };
  }
  const copy = join(root, process.env.BUILD ?? 'build', 'tests', `lacking${lacking}`);
  rmSync(copy, { recursive: true, force: true });
  cpSync(dist, copy, { recursive: true, filter: (file) => !file.endsWith(lacking) });
  return serve(copy);
}

/** A page of its own for one element: script is TypeScript that may import from '/web/…' and '/wasm/js/…'. */
export async function servePage(name: string, script: string, body = ''): Promise<Server> {
  const folder = join(root, process.env.BUILD ?? 'build', 'tests', name);
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, 'entry.ts');
  writeFileSync(entry, script.replace(/(['"])\/(web|wasm)\//g, `$1${root}/$2/`));
  const bundle = await rolldown({
    input: entry,
    cwd: root,
    platform: 'browser',
    resolve: { modules: [join(root, 'node_modules')] },
  });
  await bundle.write({ file: join(folder, 'page.js'), format: 'esm', codeSplitting: false });
  await bundle.close();
  const style = "<link rel='stylesheet' href='tokens.css'><link rel='stylesheet' href='base.css'>";
  for (const file of ['tokens.css', 'base.css'])
    writeFileSync(join(folder, file), readFileSync(join(root, 'web/style', file)));
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title>` +
      `${style}<link rel="icon" href="data:,"><body>${body}<script type="module" src="page.js"></script></body></html>`,
  );
  return serve(folder);
}
