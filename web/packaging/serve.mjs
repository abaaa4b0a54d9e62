// Serves a folder of static files on the loopback address: node web/packaging/serve.mjs [FOLDER] [PORT]
// Its content security policy is as strict as a host's can be, so pages that work here work under any other policy.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, extname, join, normalize, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

export const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Pages that contain figures start workers from a text, so they need a policy of their own. */
const whole = /^(embed|share|unrolled)\.html$/;

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** The file that an address means inside a folder, or undefined if it leads outside. */
function fileOf(folder, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0')) return undefined;
  const file = join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(folder + sep) ? file : undefined;
}

async function answer(folder, request, response) {
  const asked = whole.test(basename(request.url?.replace(/[?#].*$/, '') ?? ''))
    ? {}
    : { 'Content-Security-Policy': policy };
  const headers = { ...asked, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' };
  const plain = (status, text) => response.writeHead(status, { ...headers, 'Content-Type': types['.txt'] }).end(text);
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'only GET and HEAD\n');
  const file = fileOf(folder, request.url ?? '/');
  const found = file && (await stat(file).catch(() => undefined));
  if (!found?.isFile()) return plain(404, 'not found\n');
  const type = types[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': found.size });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** Resolves to {url, close} once the server listens. Port 0 takes any free one. */
export function serve(folder, port = 0) {
  const root = resolve(folder);
  const server = createServer((request, response) => answer(root, request, response).catch(() => response.destroy()));
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const close = () => new Promise((closed) => server.close(closed) && server.closeAllConnections());
      done({ url: `http://localhost:${server.address().port}/`, close });
    });
  });
}

function portOf(text) {
  const port = Number(text);
  if (/^[0-9]+$/.test(text) && port >= 1 && port <= 65535) return port;
  console.error(`PORT=${text}: expected a whole number from 1 to 65535`);
  process.exit(2);
}

async function main([folder = 'dist', port = '8000']) {
  const number = portOf(port);
  if (!(await stat(join(folder, 'index.html')).catch(() => undefined))) {
    console.error(`${folder}/index.html is not there: run make build first`);
    process.exit(1);
  }
  try {
    const { url } = await serve(folder, number);
    console.log(`Unrolled is at ${url}   (Ctrl+C ends it)`);
  } catch (error) {
    const taken = error.code === 'EADDRINUSE';
    console.error(
      taken
        ? `port ${number} is taken: choose another, as in make demo PORT=${number === 65535 ? 8000 : number + 1}`
        : error.message,
    );
    process.exit(1);
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href)
  await main(process.argv.slice(2));
