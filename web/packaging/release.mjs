// Makes a release (`make dist`): the site as one zip, which has the same bytes whenever its files are the same, and the
// checksums of all files of the release.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { zipSync } from 'fflate';

const root = resolve(import.meta.dirname, '../..');
const dist = resolve(root, process.env.DIST ?? 'dist');
const out = resolve(root, process.env.BUILD ?? 'build', 'release');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * Files that other people's pages link to. The site also has each of them under a name with its version, so that such a
 * link never gets another file.
 */
const WHOLE = /^([a-z]{2}\/)?(figures\.m?js|figures\/.*|embed\.html|unrolled\.html)$/;
/** The system whose attributes each entry of the zip has, and these: a file that everyone may read. */
const UNIX = 3;
const READABLE = 0o100644 * 2 ** 16;
/** The earliest date that a zip can contain. It is the same in every time zone. */
const MTIME = new Date(1980, 0, 1);

const README = `Unrolled ${version}: an RNN you can take apart, in the browser

Put this folder, as it is, where any static web server finds it: there is nothing to set up. index.html is the lesson, notebook.html the notebook, lab.html the lab.
unrolled.html is lesson, notebook and lab in one file, and opens from a disk by double click. figures.js and embed.html put figures into other pages; figures.mjs does it,
too, and loads from figures/ what a page shows. de/ holds the same in German.

Names with a hash in them, and all in v${version}/, never change what they mean: link to v${version}/figures.js, and no later version changes your page.
Lay a new version over an old one, and what is open goes on.

LICENSES.txt: the licenses of all that is inside. SHA256SUMS: sha256sum --check SHA256SUMS.
`;

const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');
const sums = (files) =>
  Object.entries(files)
    .map(([name, bytes]) => `${sum(bytes)}  ${name}\n`)
    .join('');
const sorted = (files) => Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));

const site = Object.fromEntries(
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file.slice(dist.length + 1).replaceAll('\\', '/'), readFileSync(file)]),
);
for (const name of Object.keys(site)) if (WHOLE.test(name)) site[`v${version}/${name}`] = site[name];
/* the share page names the files that no later version changes */
for (const name of Object.keys(site).filter((name) => /^([a-z]{2}\/)?share\.html$/.test(name))) {
  const language = name.slice(0, -'share.html'.length);
  const page = site[name].toString();
  const marked = page.replace('<main class="share"', `$& data-version="${language && '../'}v${version}/${language}"`);
  if (marked === page) throw new Error(`${name}: <main class="share"> is not there`);
  site[name] = Buffer.from(marked);
}
site['README.txt'] = Buffer.from(README);
const all = sorted(site);
all.SHA256SUMS = Buffer.from(sums(all));

const folder = `unrolled-${version}`;
const zip = zipSync(Object.fromEntries(Object.entries(all).map(([name, bytes]) => [`${folder}/${name}`, bytes])), {
  level: 9,
  mtime: MTIME,
  os: UNIX,
  attrs: READABLE,
});
const given = {
  [`${folder}.html`]: site['unrolled.html'],
  [`${folder}.tgz`]: readFileSync(resolve(out, '..', `${folder}.tgz`)),
  [`${folder}.zip`]: zip,
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const [name, bytes] of Object.entries(given)) writeFileSync(join(out, name), bytes);
writeFileSync(join(out, 'SHA256SUMS'), sums(given));
for (const [name, bytes] of Object.entries(given)) console.log(`${join(out, name)}: ${bytes.length} bytes`);
