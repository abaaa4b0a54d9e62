// The three hosts. Every session has a new process or browser, so that its first run really is the first.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { serve } from '../../web/packaging/serve.mjs';
import { launch, program, root, type Tab } from '../web/harness.ts';
import type { Cold } from './cold.ts';
import { dataFiles } from './experiments.ts';
import type { NotRun, Timing } from './session.ts';
import type { Peer } from './tfjs.ts';
import type { Host, Work } from './works.ts';

export interface Task {
  engine: 'unrolled' | Peer;
  work: Work;
}

export const build = resolve(root, process.env.BUILD ?? 'build');
/** The folder that Node's sessions read and that is served to Chromium. */
const folder = join(build, 'tests/bench');
const peers = join(root, 'tests/peers');
const packages = join(peers, 'node_modules/@tensorflow');
const chromium = program('chromium', 'chromium-browser', 'google-chrome');
const native = join(build, 'native/tests/bench/native');

async function bundle(input: string, file: string, modules: string): Promise<void> {
  const bundled = await rolldown({
    input,
    cwd: root,
    platform: 'browser',
    resolve: { modules: [modules] },
    logLevel: 'silent',
  });
  await bundled.write({ file, format: 'esm', codeSplitting: false, minify: true });
  await bundled.close();
}

/** Fills the folder: the built engine, the limit, the sessions' scripts, and TF.js if it is installed. */
export async function prepare(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'tfjs'), { recursive: true });
  for (const file of ['unrolled.js', 'unrolled.simd.wasm', 'unrolled.scalar.wasm', 'files.wasm', 'data.wasm'])
    copyFileSync(join(build, 'js', file), join(folder, file));
  copyFileSync(join(build, 'browser-simd/tests/bench/limit.wasm'), join(folder, 'limit.wasm'));
  for (const file of dataFiles) copyFileSync(join(root, file), join(folder, basename(file)));
  for (const script of ['worker', 'cold', 'cold.worker'])
    await bundle(join(root, `tests/bench/${script}.ts`), join(folder, `${script}.js`), join(root, 'node_modules'));
  const page = (script: string) => `<!doctype html><title>bench</title><link rel="icon" href="data:,">${script}`;
  writeFileSync(join(folder, 'index.html'), page(''));
  writeFileSync(join(folder, 'cold.html'), page('<script type="module" src="cold.js"></script>'));
  if (!existsSync(packages)) return;
  await bundle(join(peers, 'tfjs.js'), join(folder, 'tfjs/tfjs.js'), join(peers, 'node_modules'));
  const wasm = join(packages, 'tfjs-backend-wasm/dist');
  for (const file of readdirSync(wasm))
    if (file.endsWith('.wasm')) copyFileSync(join(wasm, file), join(folder, 'tfjs', file));
}

/** Why an engine cannot run on a host here; undefined if it can. */
function missing(engine: Task['engine'], host: Host): string | undefined {
  if (engine !== 'unrolled' && !existsSync(packages)) return 'TF.js is not installed';
  if (host === 'chromium' && !chromium) return 'Chromium is not installed';
  if (host === 'native' && !existsSync(native)) return 'the native program is not built';
  return undefined;
}

/** The line of JSON that a program prints. Exit code 3 means that the cell does not exist. */
function answerOf(command: string, args: string[]): Promise<Timing | NotRun> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.on('data', (part) => {
      said.out += part;
    });
    child.stderr.on('data', (part) => {
      said.err += part;
    });
    child.on('error', failed);
    child.on('close', (code) => {
      if (code === 3) done({ missing: 'no such cell' });
      else if (code === 0) done(JSON.parse(said.out.trim().split('\n').at(-1) ?? ''));
      else
        failed(
          new Error(
            said.err.split('\n').find((text) => /^\w*Error: /.test(text)) ??
              `it ended with ${code}: ${said.err.slice(0, 200).trim()}`,
          ),
        );
    });
  });
}

export function chromiumVersion(): string {
  if (!chromium) return 'no Chromium';
  const said = execFileSync(chromium, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return `Chromium ${/[\d.]+/.exec(said)?.[0] ?? 'of an unknown version'}`;
}

/** Runs `body` in a new browser, once its own startup is over. The folder is served to it. */
async function inChromium<T>(body: (tab: Tab, url: string) => Promise<T>): Promise<T> {
  const site = await serve(folder);
  const tab = await launch('chromium');
  try {
    await new Promise((settled) => setTimeout(settled, 1000));
    return await body(tab, site.url);
  } finally {
    await tab.close();
    await site.close();
  }
}

function inWorker(task: Task): Promise<Timing | NotRun> {
  return inChromium(async (tab, url) => {
    await tab.open(url);
    return tab.evaluate(
      (message: Task) =>
        new Promise<Timing | NotRun>((done, failed) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onmessage = ({ data }) => done(data);
          worker.onerror = (event) => failed(new Error(event.message));
          worker.postMessage(message);
        }),
      task,
    );
  });
}

function start(task: Task, host: Host): Promise<Timing | NotRun> {
  const { kind, cell, units, timesteps, samples, repeat, rounds } = task.work;
  if (host === 'native')
    return answerOf(native, [kind, cell, ...[units, timesteps, samples, repeat, rounds].map(String)]);
  if (host === 'node')
    return answerOf(process.execPath, [
      '--import',
      './tests/typescript.mjs',
      'tests/bench/node.ts',
      folder,
      JSON.stringify(task),
    ]);
  return inWorker(task);
}

/** Runs `body`. An error becomes the reason why this benchmark was not run, and the others continue. */
export async function orMissing<T>(engine: Task['engine'], host: Host, body: () => Promise<T>): Promise<T | NotRun> {
  const why = missing(engine, host);
  if (why) return { missing: why };
  try {
    return await body();
  } catch (error) {
    return { missing: (error as Error).message };
  }
}

export const run = (task: Task, host: Host): Promise<Timing | NotRun> =>
  orMissing(task.engine, host, () => start(task, host));

/** Page loads, each the first one of a browser. */
export function coldLoads(engine: Task['engine'], count: number): Promise<Cold[] | NotRun> {
  const one = () =>
    inChromium(async (tab, url) => {
      await tab.open(`${url}cold.html?${engine}`);
      await tab.until(() => 'cold' in globalThis);
      return tab.evaluate(() => (globalThis as unknown as { cold: Cold }).cold);
    });
  return orMissing(engine, 'chromium', async () => {
    const loads: Cold[] = [];
    for (let i = 0; i < count; i++) loads.push(await one());
    return loads;
  });
}
