// The built pages must be small, complete and independent of other servers.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { LANGUAGES } from '../../web/packaging/languages.mjs';
import { pageName } from '../../web/packaging/lesson.mjs';
import { firstLoad, modulesOf, sent } from '../web/loads.ts';
import { root } from './tree.ts';

const dist = join(root, process.env.DIST ?? 'dist');
const build = join(root, process.env.BUILD ?? 'build');
/** The maximum size of each module in bytes, gzipped. */
const modules = {
  'data.wasm': 33_500,
  'files.wasm': 25_700,
  'unrolled.scalar.wasm': 32_000,
  'unrolled.simd.wasm': 32_000,
};

/** Each language has its pages in a folder; English is at the top. */
const folders = ['', ...LANGUAGES.filter((language) => language !== 'en').map((language) => `${language}/`)];
const pages = {
  'notebook.html': 135_500,
  'lab.html': 148_600,
  'share.html': 447_500,
  ...Object.fromEntries(CHAPTERS.map((name) => [`${pageName(name)}.html`, 129_500])),
};
/** The maximum size of files that contain everything they need, in bytes, gzipped. */
const whole = ['embed.html', 'figures.js', 'unrolled.html'];
const MOST_OF_WHOLE = 420_000;

test('dist contains the pages and all modules', () => {
  const names = readdirSync(dist);
  assert.deepEqual(readdirSync(join(dist, modulesOf(dist))).sort(), Object.keys(modules));
  for (const folder of folders)
    assert.deepEqual(
      readdirSync(join(dist, folder))
        .filter((name) => name.endsWith('.html'))
        .sort(),
      [...Object.keys(pages), 'embed.html', 'glossary.html', 'questions.html', 'teachers.html', 'unrolled.html'].sort(),
    );
  assert.deepEqual(
    names.filter(
      (name) =>
        !folders.includes(`${name}/`) &&
        !/\.(html|js|css|svg|png|woff2)$|^wasm-[0-9a-f]{8}$|^figures(\.mjs)?$|^LICENSES\.txt$/.test(name),
    ),
    [],
  );
});

for (const [name, most] of Object.entries(modules)) {
  test(`${name} is at most ${most / 1000} kB, gzipped`, () => {
    const bytes = sent(join(build, 'js', name));
    assert.ok(bytes <= most, `${bytes} bytes`);
  });
}

for (const [page, most] of folders.flatMap((folder) =>
  Object.entries(pages).map(([page, most]): [string, number] => [folder + page, most]),
)) {
  test(`what ${page} links, its worker and its module are at most ${most / 1000} kB, gzipped`, () => {
    const files = firstLoad(dist, page);
    assert.ok(files.length >= 5, JSON.stringify(files));
    const bytes = files.reduce((sum, [, each]) => sum + each, 0);
    assert.ok(bytes <= most, `${bytes} bytes: ${JSON.stringify(files)}`);
  });

  test(`${page} fetches nothing from other servers, and its addresses are relative`, () => {
    const html = readFileSync(join(dist, page), 'utf8');
    const loads = [
      ...html.matchAll(/<(?:script|link|img|source|iframe|object|embed)\b[^>]*?\b(?:src|href|data)="([^"]*)"/g),
    ].map((match) => match[1] as string);
    assert.ok(loads.length > 0);
    assert.deepEqual(
      loads.filter((address) => !/^(\.\/|#|data:)/.test(address)),
      [],
    );
  });
}

for (const file of folders.flatMap((folder) => whole.map((file) => folder + file))) {
  test(`${file} is at most ${MOST_OF_WHOLE / 1000} kB, gzipped, and loads nothing`, () => {
    assert.ok(sent(join(dist, file)) <= MOST_OF_WHOLE, `${sent(join(dist, file))} bytes`);
    const text = readFileSync(join(dist, file), 'utf8');
    assert.doesNotMatch(text, /\bimport\(|\bimportScripts\(/);
    if (!file.endsWith('.html')) {
      /* a classic script is read in the encoding of the page that loads it */
      assert.doesNotMatch(text, /[^\0-\x7f]/);
      return;
    }
    const page = text.replace(/<script>[\s\S]*<\/script>/, '');
    assert.deepEqual(
      [...page.matchAll(/\b(?:src|href)="([^"]*)"/g)]
        .map((match) => match[1])
        .filter((address) => !/^(#|data:)/.test(address as string)),
      [],
    );
    /* its policy allows only its own script */
    const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(text) ?? [];
    assert.match(
      page,
      new RegExp(
        `script-src 'sha256-${createHash('sha256').update(script).digest('base64').replaceAll('+', '\\+')}' 'wasm-unsafe-eval';`,
      ),
    );
  });
}

for (const page of Object.keys(pages)) {
  test(`${page} has the styles of all pages before its own, which change them`, () => {
    const html = readFileSync(join(dist, page), 'utf8');
    const styles = [...html.matchAll(/<link rel="stylesheet"[^>]*href="\.\/([^"]*)"/g)].map((match) => match[1]);
    assert.ok(styles.length >= 2 && styles[0]?.startsWith('base-'), styles.join());
  });
}

for (const page of folders
  .flatMap((folder) =>
    [...Object.keys(pages), ...whole, 'glossary.html', 'questions.html', 'teachers.html'].map((page) => folder + page),
  )
  .filter((page) => page.endsWith('.html'))) {
  test(`${page} has its icon, and the preview that other sites show beside a link`, () => {
    const html = readFileSync(join(dist, page), 'utf8').replace(/<script>[\s\S]*<\/script>/, '');
    const icons = [...html.matchAll(/<link rel="icon" href="([^"]*)">/g)].map((match) => match[1] as string);
    assert.equal(icons.length, 1);
    assert.match(
      icons[0]?.startsWith('data:') ? icons.join() : readFileSync(join(dist, dirname(page), icons.join()), 'utf8'),
      /^(data:image\/svg\+xml,%3C|<)svg /,
    );
    /* figures in frames, and the file that opens from a disk, are shown beside no link */
    if (/(embed|unrolled)\.html$/.test(page)) return;
    const contentOf = (name: string): string | undefined =>
      new RegExp(`<meta [^>]*(?:name|property)="${name}"[^>]* content="([^"]*)">`).exec(html)?.[1];
    assert.equal(contentOf('og:title'), /<title>([^<]*)<\/title>/.exec(html)?.[1]);
    assert.match(contentOf('og:description') ?? '', /^\S.{8}/);
    assert.equal(contentOf('description'), contentOf('og:description'));
    assert.equal(contentOf('twitter:card'), 'summary_large_image');
    const picture = readFileSync(join(dist, dirname(page), contentOf('og:image') ?? ''));
    assert.equal(picture.subarray(1, 4).toString(), 'PNG');
    assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [1200, 630]);
  });
}

test('the header marks the page that is shown, and the lesson for a chapter, in every language', () => {
  for (const folder of folders)
    for (const page of [...Object.keys(pages), 'glossary.html', 'questions.html', 'teachers.html']) {
      const html = readFileSync(join(dist, folder + page), 'utf8');
      const [header = ''] = /<header class="header">[\s\S]*?<\/header>/.exec(html) ?? [];
      const chapter = html.includes('<article class="chapter"');
      const marked = [...header.matchAll(/<a href="\.\/([\w-]+\.html)" aria-current="(\w+)"/g)].map(([, to, how]) => [
        to,
        how,
      ]);
      const own = header.includes(`<a href="./${page}"`) ? [[page, 'page']] : [];
      assert.deepEqual(marked, chapter ? [['index.html', 'true']] : own, folder + page);
    }
});

test('no style fetches anything from other servers', () => {
  const styles = readdirSync(dist)
    .filter((name) => name.endsWith('.css'))
    .map((name) => readFileSync(join(dist, name), 'utf8'));
  assert.doesNotMatch(styles.join(), /@import|url\(\s*['"]?(https?:)?\/\//);
});

test('no source of the page uses eval', () => {
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => /\.m?js$/.test(file)))
    assert.doesNotMatch(readFileSync(join(dist, name), 'utf8'), /\beval\(|new Function\(/, name);
});
