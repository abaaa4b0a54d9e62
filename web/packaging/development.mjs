// The plugin of `make dev` for Vite's development server. It rebuilds the wasm modules when a C file is saved, and
// serves the files that only `make page` makes from dist, as they were last built.
import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The address at which the worker fetches the modules. */
export const DEVELOPMENT_MODULES = '/modules/';

const fromDist = ['figures.js', 'embed.html', 'unrolled.html'];
const types = { js: 'text/javascript', html: 'text/html', wasm: 'application/wasm' };

function give(response, file) {
  response.setHeader('Content-Type', types[file.split('.').at(-1)]);
  response.setHeader('Cache-Control', 'no-store');
  createReadStream(file).pipe(response);
}

/** Runs make. If a file changes meanwhile, make runs once more when it has ended. */
function builder(root, report) {
  let running = false;
  let again = false;
  const start = () => {
    running = true;
    const make = spawn('make', ['-j2', 'js'], { cwd: root, stdio: 'inherit' });
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

/** `root` is the folder of the project, `build` the one in which the modules are built. */
export const development = (root, build) => ({
  name: 'development',
  /* Vite's client opens a socket and puts styles into the page, which the pages' policy forbids. */
  transformIndexHtml: {
    order: 'pre',
    handler: (markup) =>
      markup
        .replace(/ *<meta http-equiv="Content-Security-Policy"[^>]*>\n/, '')
        /* An address must not lead out of the folder of the pages. */
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
