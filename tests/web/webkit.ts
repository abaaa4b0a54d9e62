// WebKit through the WebDriver protocol in plain requests: WebKitGTK's MiniBrowser on a virtual screen.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Driver, View } from './harness.ts';

const codes: Record<string, string> = {
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  Backspace: '\uE003',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Space: ' ',
};

function miniBrowser(): string {
  for (const folder of readdirSync('/usr/lib'))
    try {
      const found = readdirSync(`/usr/lib/${folder}`)
        .filter((name) => name.startsWith('webkit2gtk-4'))
        .sort()
        .at(-1);
      if (found) return `/usr/lib/${folder}/${found}/MiniBrowser`;
    } catch {}
  throw new Error('the MiniBrowser of WebKitGTK is not installed');
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}

async function request<T>(url: string, method: string, body?: unknown): Promise<T> {
  const response = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebKit: ${value?.error}: ${value?.message}`);
  return value;
}

/** Starts the driver and sends requests until it answers, because it does not say when it is ready. */
async function start(path: string, view: View): Promise<{ address: string; end: () => void }> {
  const port = await freePort();
  const theme = view.scheme === 'dark' ? 'Adwaita:dark' : 'Adwaita';
  const env = {
    ...process.env,
    GTK_THEME: theme,
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  };
  const child = spawn('xvfb-run', ['-a', '-s', '-screen 0 1600x1200x24', path, `--port=${port}`], {
    env,
    detached: true,
    stdio: 'ignore',
  });
  let ended = '';
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('exit', (code) => {
    ended ||= `it ended with ${code}`;
  });
  const end = () => {
    if (!ended && child.pid) process.kill(-child.pid);
  };
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200 && !ended; tries++) {
    try {
      await request(`${address}/status`, 'GET');
      return { address, end };
    } catch {
      await new Promise((later) => setTimeout(later, 50));
    }
  }
  end();
  throw new Error(`WebKitWebDriver does not answer: ${ended || 'too late'}`);
}

export async function launchWebKit(path: string, view: View): Promise<Driver> {
  const { address, end } = await start(path, view);
  const capabilities = {
    alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } },
  };
  const { sessionId } = await request<{ sessionId: string }>(`${address}/session`, 'POST', { capabilities }).catch(
    (error) => {
      end();
      throw error;
    },
  );
  const session = `${address}/session/${sessionId}`;
  const post = <T>(command: string, body: unknown) => request<T>(`${session}/${command}`, 'POST', body);
  const perform = (source: unknown) => post<void>('actions', { actions: [source] });
  const pointer = (...actions: unknown[]) =>
    perform({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  const later = <T>(script: string) =>
    post<T>('execute/async', { script: `const done = arguments[0]; ${script}`, args: [] });
  await post('timeouts', { script: 60_000, pageLoad: 60_000 });

  return {
    problems: [],
    open: (url) => post('url', { url }),
    async evaluate<T>(script: string) {
      const got = await later<{ value?: T; error?: string }>(
        `Promise.resolve().then(() => (${script})).then((value) => done({value}), (error) => done({error: String(error)}))`,
      );
      if (got.error) throw new Error(`WebKit: ${got.error}`);
      return got.value as T;
    },
    until: async (expression, milliseconds) => {
      const end = performance.now() + milliseconds;
      for (;;) {
        try {
          return await later<boolean>(`const end = performance.now() + ${end - performance.now()};
            (async function look() { if (await (${expression})) done(true); else if (performance.now() > end) done(false); else requestAnimationFrame(look); })()`);
        } catch (error) {
          /* the page was replaced by another one, in which the condition is checked again */
          if (!/unload event|no such frame/.test(String(error)) || performance.now() > end) throw error;
        }
      }
    },
    mouse: (action, { x, y }) => {
      if (action !== 'move') return pointer({ type: action === 'down' ? 'pointerDown' : 'pointerUp', button: 0 });
      return pointer({ type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y), origin: 'viewport' });
    },
    key: (action, key) =>
      perform({
        type: 'key',
        id: 'keyboard',
        actions: [{ type: action === 'down' ? 'keyDown' : 'keyUp', value: codes[key] ?? key }],
      }),
    upload: async (element, paths) => {
      const found = await post<Record<string, string>>('execute/sync', { script: `return ${element}`, args: [] });
      await post(`element/${Object.values(found)[0]}/value`, { text: paths.join('\n') });
    },
    resize: (width, height) => post('window/rect', { width, height }),
    screenshot: async () => Buffer.from(await request<string>(`${session}/screenshot`, 'GET'), 'base64'),
    async close() {
      await request(session, 'DELETE').catch(() => undefined);
      end();
    },
  };
}
