/**
 * Sites, slides and notebooks of other tools. The files that a how-to of `docs/embedding` gives are built as it says and
 * opened in a browser, where a figure draws and answers a drag.
 */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before } from 'node:test';
import type { RnnFigure } from '../../web/embed/rnn-figure.ts';
import { dist, ready, serveFolder } from '../embedding/host.ts';
import { root } from '../house/tree.ts';
import { build, run, version } from '../packaging/packed.ts';
import { forEachBrowser, type Tab } from '../web/harness.ts';

const packages = join(import.meta.dirname, 'projects/node_modules');
const folder = mkdtempSync(join(tmpdir(), 'unrolled-sites-'));
before(() => void run(process.execPath, ['web/packaging/package.mjs'], root));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Host {
  title: string;
  /** The folder of its how-to, if that is another host's, too. */
  how?: string;
  /** The command: of Debian, or of the packages of `projects`. */
  build: readonly string[];
  /** The folder that it writes, and the pages in it that have a figure. */
  out: string;
  pages: readonly string[];
  /** Where the how-to puts `figures.js`; without it the project has the npm package. */
  script?: string;
  /** What the tool needs besides and the how-to does not give, such as a theme. */
  more?: Record<string, string>;
  /** What a reader drags, and whether the slide with the figure comes second. */
  grip?: string;
  slide?: boolean;
}

const NEXT = {
  'app/layout.jsx':
    'export default ({ children }) => <html lang="en"><head><title>Lesson</title></head><body>{children}</body></html>;\n',
  'app/page.jsx': "import { Lesson } from './lesson.jsx';\nexport default () => <Lesson />;\n",
};

/** By the folder of their how-to. */
const HOSTS: Record<string, Host> = {
  mkdocs: {
    title: 'MkDocs builds a page of Markdown',
    build: ['mkdocs', 'build', '--quiet'],
    out: 'site',
    pages: ['lesson/'],
    script: 'docs',
  },
  sphinx: {
    title: 'Sphinx builds a page of reStructuredText and, with MyST, one of Markdown',
    build: ['sphinx-build', '-q', '.', 'site'],
    out: 'site',
    pages: ['index.html', 'lesson.html'],
    script: '_static',
  },
  hugo: {
    title: 'Hugo builds a page with a shortcode',
    build: ['hugo', '--quiet'],
    out: 'public',
    pages: ['lesson/'],
    script: 'static',
    more: {
      'config.toml': 'baseURL = "/"\n',
      'layouts/_default/single.html': '<!doctype html><title>{{ .Title }}</title>{{ .Content }}',
      'layouts/_default/list.html': '{{ .Title }}',
    },
  },
  marp: {
    title: 'Marp makes slides',
    build: ['marp', '--html', 'slides.md', '-o', 'slides.html', '--no-stdin'],
    out: '.',
    pages: ['slides.html'],
    script: '.',
    slide: true,
    grip: 'rnn-figure >>> rnn-curves >>> .touch',
  },
  vitepress: {
    title: 'VitePress builds a page of Markdown',
    build: ['vitepress', 'build'],
    out: '.vitepress/dist',
    pages: [''],
    script: 'public',
  },
  astro: {
    title: 'Astro builds a page with the npm package',
    build: ['astro', 'build'],
    out: 'dist',
    pages: [''],
  },
  next: {
    title: 'Next.js renders a page with the npm package',
    build: ['next', 'build', '--webpack'],
    out: 'out',
    pages: [''],
    more: { ...NEXT, 'next.config.mjs': "export default { output: 'export' };\n" },
  },
  turbopack: {
    title: 'Next.js builds the page with Turbopack',
    how: 'next',
    build: ['next', 'build', '--turbopack'],
    out: 'out',
    pages: [''],
    /* the packages are links to another folder */
    more: { ...NEXT, 'next.config.mjs': "export default { output: 'export', turbopack: { root: '/' } };\n" },
  },
};

/** Writes the files that a how-to gives: each stands below a line that ends with its name and a colon. */
function given(host: string, at: string): void {
  const guide = readFileSync(join(root, 'docs/embedding', host, 'README.md'), 'utf8');
  const texts = [...guide.matchAll(/`([^`\s]+\.\w+)`:\n\n```\w+\n([\s\S]*?)\n```/g)];
  assert.ok(texts.length > 0);
  for (const [, file = '', text = ''] of texts) put(join(at, file), `${text}\n`);
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function made(name: string, { build: [program = '', ...words], script, more = {}, how = name }: Host): string {
  const at = join(folder, name);
  given(how, at);
  for (const [file, text] of Object.entries(more)) put(join(at, file), text);
  if (script) cpSync(join(dist, 'figures.js'), join(at, script, 'figures.js'));
  if (existsSync(join(packages, '.bin', program))) {
    const modules = join(at, 'node_modules');
    mkdirSync(join(modules, 'unrolled'), { recursive: true });
    put(join(at, 'package.json'), '{"private": true, "type": "module"}\n');
    for (const each of readdirSync(packages))
      if (!each.startsWith('.')) symlinkSync(join(packages, each), join(modules, each));
    const tarball = join(build, `unrolled-${version}.tgz`);
    if (!script) run('tar', ['xzf', tarball, '-C', join(modules, 'unrolled'), '--strip-components=1'], at);
  }
  const quiet = { ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' };
  run(program, words, at, { ...quiet, PATH: `${join(packages, '.bin')}${delimiter}${process.env.PATH}` });
  return at;
}

const GRIP = 'rnn-figure >>> rnn-network >>> [data-input="4"] .touch';

/** The figure is drawn, and a dragged input is in its address. */
async function dragged(tab: Tab, grip = GRIP): Promise<void> {
  await ready(tab);
  const before = await tab.evaluate(() => (document.querySelector('rnn-figure') as RnnFigure).address);
  await tab.drag(grip, { x: 60, y: -25 });
  await tab.until((was: string) => (document.querySelector('rnn-figure') as RnnFigure).address !== was, before);
}

for (const [name, host] of Object.entries(HOSTS)) {
  let at = '';
  forEachBrowser(`${host.title}: the figure draws and answers a drag`, async (tab) => {
    at ||= made(name, host);
    const site = await serveFolder(join(at, host.out));
    try {
      for (const page of host.pages) {
        await tab.open(site.url + page);
        if (host.slide) await tab.press('ArrowRight');
        await dragged(tab, host.grip);
      }
    } finally {
      await site.close();
    }
  });
}

/** A running notebook server of this folder, without a token, at the first port that is free. */
async function notebooks(at: string): Promise<{ url: string; server: ChildProcess }> {
  const options = ['--no-browser', '--allow-root', '--ip=127.0.0.1', '--NotebookApp.token='];
  const server = spawn('jupyter-notebook', options, {
    cwd: at,
    env: { ...process.env, HOME: at },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let told = '';
    server.stderr.on('data', (part) => {
      told += part;
      const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(told) ?? [];
      if (found) resolve(found);
    });
    server.on('error', reject);
    server.on('exit', () => reject(new Error(told)));
  });
  return { url, server };
}

interface Classic {
  Jupyter?: { notebook?: { kernel?: { is_connected(): boolean } } };
}

forEachBrowser(
  'A running classic Jupyter notebook: a cell that is run shows its figure, which answers a drag',
  async (tab) => {
    const at = join(folder, `jupyter-${tab.browser}`);
    cpSync(join(root, 'docs/embedding/jupyter'), at, { recursive: true });
    cpSync(join(dist, 'figures.js'), join(at, 'figures.js'));
    const { url, server } = await notebooks(at);
    try {
      await tab.open(`${url}notebooks/memory.ipynb`);
      await tab.until(() => (globalThis as Classic).Jupyter?.notebook?.kernel?.is_connected());
      /* Jupyter trusts neither outputs that it did not make nor text. */
      assert.equal(await tab.evaluate(() => document.querySelectorAll('rnn-figure').length), 0);
      await tab.click('.code_cell .input_prompt');
      await tab.press('Shift', 'Enter');
      await tab.until(() => document.querySelector('.output rnn-figure'));
      await dragged(tab);
    } finally {
      server.kill();
    }
  },
);
