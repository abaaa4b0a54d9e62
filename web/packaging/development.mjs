// What `make dev` adds to Vite's development server, which builds nothing: the wasm modules, which are built again when a C
// file is saved, and what lies in dist, as the last `make page` left it.
import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the worker finds the modules. */
export const DEVELOPMENT_MODULES = '/modules/';

const fromDist = ['figures.js', 'embed.html', 'unrolled.html'];
const types = { js: 'text/javascript', html: 'text/html', wasm: 'application/wasm' };

function give(response, file) {
  response.setHeader('Content-Type', types[file.split('.').at(-1)]);
  response.setHeader('Cache-Control', 'no-store');
  createReadStream(file).pipe(response);
}

/** Runs make again after it has ended where something changed meanwhile. */
function builder(root, report) {
  let running = false;
  let again = false;
  const start = () => {
    running = true;
    const make = spawn('make', ['js'], { cwd: root, stdio: 'inherit' });
    make.on('close', (code) => {
      running = false;
      if (again) {
        again = false;
        start();
      } else {
        report(code === 0);
      }
    });
  };
  return () => {
    if (running) again = true;
    else start();
  };
}

/** root: of the project; build: the folder in which the modules are built. */
export const development = (root, build) => ({
  name: 'development',
  /* Vite's client opens a socket and puts styles into the page, which the pages' policy forbids. */
  transformIndexHtml: {
    order: 'pre',
    handler: (markup) =>
      markup
        .replace(/ *<meta http-equiv="Content-Security-Policy"[^>]*>\n/, '')
        /* no address leads above the folder of the pages */
        .replace(/(src|href)="\.\.\/([\w/.-]+\.(?:ts|css))"/g, `$1="/@fs${root}/web/$2"`),
  },
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const name = path.slice(path.lastIndexOf('/') + 1);
      const file = path.startsWith(DEVELOPMENT_MODULES)
        ? join(build, 'js', name)
        : join(root, process.env.DIST ?? 'dist', name);
      const known = path.startsWith(DEVELOPMENT_MODULES) ? name.endsWith('.wasm') : fromDist.includes(name);
      if (known && existsSync(file)) give(response, file);
      else next();
    });
    const sources = ['core', 'wasm/browser'].map((folder) => resolve(root, folder));
    server.watcher.add(sources);
    const make = builder(root, (done) => {
      if (done) server.ws.send({ type: 'full-reload' });
    });
    const changed = (file) => {
      if (/\.(c|h|in|txt)$/.test(file) && sources.some((folder) => file.startsWith(`${folder}/`))) make();
    };
    for (const event of ['add', 'change', 'unlink']) server.watcher.on(event, changed);
  },
});
