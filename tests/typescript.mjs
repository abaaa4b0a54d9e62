// Lets Node run TypeScript files directly: node --import ./tests/typescript.mjs --test tests/wasm/load.test.ts. Types
// are removed file by file, so import.meta.url is that of the source; a source map keeps its line numbers. What the build
// puts into scripts as text, `?raw` and `?days`, is text here, too.
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.setSourceMapsEnabled(true);
  register(import.meta.url);
}

export async function load(url, context, next) {
  if (/\?(raw|days)$/.test(url)) {
    const text = await readFile(fileURLToPath(url.replace(/\?.*/, '')), 'utf8');
    return { format: 'module', source: `export default ${JSON.stringify(text)};`, shortCircuit: true };
  }
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const { transformSync } = await import('rolldown/utils');
  const path = fileURLToPath(url);
  const { code, errors, map } = transformSync(path, await readFile(path, 'utf8'), { sourcemap: true });
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors.map((error) => error.message).join('; ')}`);
  const comment = `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}\n`;
  return { format: 'module', source: code + comment, shortCircuit: true };
}
