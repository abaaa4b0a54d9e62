// Real browsers for the page's tests: one small interface to Chromium and Firefox (puppeteer-core) and WebKit
// (WebDriver).
//
//   forEachBrowser('the slider moves', async (tab) => {
//     await tab.open(site.url);
//     await tab.click('rnn-notebook >>> button.run');
//     await tab.until(() => document.title.includes('done'));
//   });
//
// A selector crosses into a shadow root at '>>>'. Mouse and keys act through the browser, not through events that a
// test makes. The only way to wait is `until`, which waits for something in the page to become true.
import assert from 'node:assert/strict';
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { serve } from '../../web/packaging/serve.mjs';
import { closeShared, launchPuppeteer } from './puppeteer.ts';
import { launchWebKit } from './webkit.ts';

/** Seconds that a test waits for something in the page. A machine that is slowed down on purpose needs more. */
const PATIENCE = Number(process.env.PATIENCE ?? 20);

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export interface View {
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  reducedMotion?: boolean;
  touch?: boolean;
  /**
   * For one of many languages, states, widths or themes. Only `make test-all` runs it; `make test` reports it as
   * skipped.
   */
  every?: boolean;
  /** The browsers in which the test cannot run, each with the reason. They are reported as skipped. */
  without?: Record<string, string>;
}

/** A file that a reader gives to the page. Without content it is a folder. */
export interface Given {
  name: string;
  content?: string | Uint8Array;
}

export interface Point {
  x: number;
  y: number;
}

/** The abilities that each browser must have. `Tab` builds everything else from them. */
export interface Driver {
  open(url: string): Promise<void>;
  evaluate<T>(script: string): Promise<T>;
  /** Resolves to true as soon as the expression is true, or to false after this many milliseconds. */
  until(expression: string, milliseconds: number): Promise<boolean>;
  mouse(action: 'move' | 'down' | 'up', point: Point): Promise<void>;
  key(action: 'down' | 'up', key: string): Promise<void>;
  /** Gives files to the file field that is the value of the expression. */
  upload(expression: string, paths: readonly string[]): Promise<void>;
  /** Pastes into the focused element, in a browser whose driver has a clipboard. */
  paste?(text: string): Promise<void>;
  /** Drops files and texts, each with its MIME type, in a browser whose driver can do so. */
  drop?(at: Point, data: { paths: string[]; items: [string, string][] }): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
  /** Errors of the page and in its console, including refused loads. WebKit reports none. */
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

  /** Runs a function in the page. It can use its arguments and the page, but no variable of the test. */
  // biome-ignore lint/suspicious/noExplicitAny: arguments of any kind that JSON can carry
  evaluate<A extends any[], T>(body: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    return this.driver.evaluate<T>(call(body, args));
  }

  /** Waits until a function that runs in the page returns true. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async until<A extends any[]>(body: (...args: A) => unknown, ...args: A): Promise<void> {
    if (await this.driver.until(call(body, args), PATIENCE * 1000)) return;
    const missed = await this.driver.evaluate<string | undefined>('globalThis.missedClick');
    const told = [
      `not within ${PATIENCE} s: ${body} ${JSON.stringify(args)}`,
      ...(missed ? [missed] : []),
      ...this.problems,
    ];
    assert.fail(`${this.browser}: ${told.join('; ')}`);
  }

  /**
   * Waits for the element. A figure loads only while it is near the screen, so the page is scrolled to the host that
   * will hold the element.
   */
  private async wait(selector: string): Promise<void> {
    const [host = ''] = selector.split('>>>');
    await this.driver.until(
      `(${deep})(${JSON.stringify(selector)}) ? true : void document.querySelector(${JSON.stringify(host)})
        ?.scrollIntoView({block: 'nearest', inline: 'nearest', behavior: 'instant'})`,
      PATIENCE * 1000,
    );
  }

  /** Waits for the element, scrolls to it, and returns its middle as soon as that has not moved for a frame. */
  async middle(selector: string): Promise<Point> {
    await this.wait(selector);
    const point = await this.driver.evaluate<Point | null>(`(async (selector) => {
      let last = '';
      for (let frames = 0; ; frames++) {
        const element = (${deep})(selector);
        if (!element) return null;
        element.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
        let box = element.getBoundingClientRect();
        /* of a drawing, Firefox scrolls to the whole and not to the part */
        if (element instanceof SVGElement && (box.bottom > innerHeight || box.top < 0)) {
          scrollBy({top: box.y + (box.height - innerHeight) / 2, behavior: 'instant'});
          box = element.getBoundingClientRect();
        }
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

  /**
   * Aims again if the element moves before the button is down, as a hand does. If something else is hit all the same,
   * the next `until` that fails says so.
   */
  async click(selector: string): Promise<void> {
    for (let aims = 1; ; aims++) {
      const point = await this.middle(selector);
      await this.driver.mouse('move', point);
      const rests = await this.driver.evaluate<boolean>(`((selector, point) => {
        const wanted = (${deep})(selector);
        globalThis.missedClick = 'the click on ' + selector + ' hit nothing';
        addEventListener('pointerdown', (event) => {
          const path = event.composedPath();
          globalThis.missedClick = path.includes(wanted) ? undefined
            : 'the click on ' + selector + ' hit ' + path[0].localName + '#' + path[0].id;
        }, { capture: true, once: true });
        const box = wanted?.getBoundingClientRect();
        return !box || Math.hypot(box.x + box.width / 2 - point.x, box.y + box.height / 2 - point.y) < 1;
      })(${JSON.stringify(selector)}, ${JSON.stringify(point)})`);
      if (rests || aims === 10) return this.clickAt(point);
    }
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

  /** Drags from the middle of an element to the right and down, in this many moves. */
  async drag(selector: string, by: Point, moves = 10): Promise<void> {
    const from = await this.middle(selector);
    await this.driver.mouse('move', from);
    await this.driver.mouse('down', from);
    for (let i = 1; i <= moves; i++)
      await this.driver.mouse('move', { x: from.x + (by.x * i) / moves, y: from.y + (by.y * i) / moves });
    await this.driver.mouse('up', { x: from.x + by.x, y: from.y + by.y });
  }

  /** Presses keys at the same time. They have the names of KeyboardEvent: press('Shift', 'Tab'). */
  async press(...keys: string[]): Promise<void> {
    assert.equal(new Set(keys).size, keys.length, 'A key cannot be pressed while it is down. Press it several times.');
    for (const key of keys) await this.driver.key('down', key);
    for (const key of keys.reverse()) await this.driver.key('up', key);
  }

  async type(text: string): Promise<void> {
    for (const key of text) await this.press(key);
  }

  /** Chooses the option with this value, with keys. */
  async select(selector: string, value: string): Promise<void> {
    await this.middle(selector);
    const options = await this.driver.evaluate<[value: string, label: string][]>(
      `[...(${deep})(${JSON.stringify(selector)}).options].filter(({ disabled, hidden }) => !disabled && !hidden)
        .map(({ value, label }) => [value, label])`,
    );
    const place = options.findIndex(([name]) => name === value);
    assert.ok(place >= 0, `${this.browser}: ${selector} has no option ${value}`);
    await this.focus(selector);
    /* Firefox chooses the option whose first letters are typed. Other browsers choose in the list that the space bar
       opens. */
    if (this.browser === 'firefox') return this.type((options[place] as [string, string])[1]);
    await this.press(' ');
    await this.press('Home');
    for (let i = 0; i < place; i++) await this.press('ArrowDown');
    await this.press('Enter');
  }

  /**
   * Replaces the text of a field. If the driver has no clipboard, the text is inserted as typing inserts it, in one
   * step.
   */
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
    /* The drivers of Firefox and WebKit cannot drop anything, so the event is made, with the same data. */
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
    await this.wait(selector);
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
    /* Rules that pass are not described, and no file is fetched again, which only audio needs. That halves the time. */
    const options = JSON.stringify({ ...rules, resultTypes: ['violations'], preload: false });
    return this.driver.evaluate<
      string[]
    >(`axe.run(${part ? `document.querySelector(${JSON.stringify(part)})` : 'document'}, ${options}).then((result) => result.violations.flatMap((rule) =>
      rule.nodes.map((node) => rule.id + ': ' + node.target.flat().join(' >>> ') + ': ' + rule.help)))`);
  }
}

/** Writes these files into a folder of their own and returns their paths. */
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

/** The full path of the first of these programs that is installed, or undefined. */
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
 * The states in which a test of this theme looks for accessibility faults, and the rules that it checks.
 * `make test-all` visits all states in both themes, `make test` each state in one of them, with all rules.
 */
export const inTheme = <T>(
  scheme: 'light' | 'dark',
  states: readonly T[],
): { states: readonly T[]; rules: typeof scheme } =>
  EVERY
    ? { states, rules: scheme }
    : { states: states.filter((_, i) => i % 2 === (scheme === 'light' ? 0 : 1)), rules: 'light' };

export const browsers = (process.env.BROWSERS ?? 'chromium').split(/[\s,]+/).filter(Boolean);

/** `share`: opens the tab in a browser that other tabs of this process share. */
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
 * Defines one test for each browser in BROWSERS. A browser that is not installed is reported as skipped, or in CI as
 * failed.
 */
export function forEachBrowser(name: string, body: (tab: Tab) => Promise<void>, view: View = {}): void {
  if (!sharing) after(async () => void (await Promise.all([closeShared(), site?.then((server) => server.close())])));
  sharing = true;
  for (const browser of browsers) {
    const installed = program(...(programs[browser] ?? []));
    const missing = !installed && !process.env.CI ? `not run: ${browser} is not installed` : false;
    const skip = view.without?.[browser] ?? (view.every && !EVERY ? 'only make test-all runs it' : missing);
    test(`${browser}: ${name}`, { skip, timeout: 6000 * PATIENCE }, async () => {
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
 * Serves the built page as `make demo` does, with one server for all tests of a file. `lacking`: serves a copy without
 * the files that have this ending, with a server of its own.
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

/** Serves a page for one element. `script` is TypeScript that may import from '/web/…' and '/wasm/js/…'. */
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
