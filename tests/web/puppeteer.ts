// Chromium and Firefox with puppeteer-core: Chromium over the DevTools protocol, Firefox over WebDriver BiDi.
import puppeteer, { type Browser, type ElementHandle, type KeyInput, type Page } from 'puppeteer-core';
import type { Driver, View } from './harness.ts';

/** Milliseconds by which Chromium delays each request of a page, to see what happens while a file is on its way. */
const LATENCY = Number(process.env.LATENCY ?? 0);

function features(view: View): { name: string; value: string }[] {
  return [
    { name: 'prefers-color-scheme', value: view.scheme ?? 'light' },
    { name: 'prefers-reduced-motion', value: view.reducedMotion ? 'reduce' : 'no-preference' },
  ];
}

/** Preferences that Firefox reads only when it starts. */
function preferences(view: View): Record<string, unknown> {
  return {
    'ui.systemUsesDarkTheme': view.scheme === 'dark' ? 1 : 0,
    'layout.css.prefers-color-scheme.content-override': view.scheme === 'dark' ? 0 : 1,
    'ui.prefersReducedMotion': view.reducedMotion ? 1 : 0,
    'security.fileuri.strict_origin_policy': true,
  };
}

function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url ?? ''})`);
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  return problems;
}

const start = (firefox: boolean, executablePath: string, view: View): Promise<Browser> =>
  puppeteer.launch({
    browser: firefox ? 'firefox' : 'chrome',
    executablePath,
    headless: executablePath.endsWith('headless-shell') ? 'shell' : true,
    ...(firefox
      ? { extraPrefsFirefox: preferences(view) }
      : { args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'] }),
  });

/**
 * The browsers of this process by their start options: a context per tab is seconds faster than a browser per tab.
 * Firefox reads its preferences only when it starts, so each combination has its own Firefox.
 */
const shared = new Map<string, Promise<Browser>>();

/** Closes the browsers that tabs share. */
export async function closeShared(): Promise<void> {
  for (const browser of shared.values()) await (await browser).close();
  shared.clear();
}

/** Pasting and dropping in Chromium. The driver of Firefox can do neither. */
const dataOf = (page: Page): Pick<Driver, 'paste' | 'drop'> => ({
  paste: async (text) => {
    await page.browserContext().overridePermissions(new URL(page.url()).origin, ['clipboard-sanitized-write']);
    await page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await page.keyboard.down('Control');
    await page.keyboard.press('v', { commands: ['Paste'] });
    await page.keyboard.up('Control');
  },
  drop: async (at, { paths, items }) => {
    const session = await page.createCDPSession();
    const data = { items: items.map(([mimeType, words]) => ({ mimeType, data: words })), files: paths };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, ...at, data: { ...data, dragOperationsMask: 1 } });
    await session.detach();
  },
});

/** `share`: open the tab in its own context of a browser that other tabs of this process share. */
export async function launchPuppeteer(
  name: string,
  executablePath: string,
  view: View,
  share = false,
): Promise<Driver> {
  const firefox = name === 'firefox';
  const key = firefox ? JSON.stringify(preferences(view)) : executablePath;
  const begun = (share && shared.get(key)) || start(firefox, executablePath, view);
  if (share) shared.set(key, begun);
  const browser = await begun;
  const owner = share ? await browser.createBrowserContext() : browser;
  const page = await owner.newPage();
  const problems = watch(page);
  if (!firefox) await page.emulateMediaFeatures(features(view));
  if (!firefox && LATENCY > 0) await page.emulateNetworkConditions({ download: -1, upload: -1, latency: LATENCY });
  return {
    page,
    problems,
    open: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
    evaluate: <T>(script: string) => page.evaluate(script) as Promise<T>,
    until: async (expression, timeout) => {
      try {
        await page.waitForFunction(expression, { timeout, polling: 'raf' });
        return true;
      } catch (error) {
        if ((error as Error).name === 'TimeoutError') return false;
        throw error;
      }
    },
    mouse: (action, { x, y }) =>
      action === 'move' ? page.mouse.move(x, y) : action === 'down' ? page.mouse.down() : page.mouse.up(),
    key: (action, key) => (action === 'down' ? page.keyboard.down(key as KeyInput) : page.keyboard.up(key as KeyInput)),
    upload: async (element, paths) => {
      const input = (await page.evaluateHandle(element)) as ElementHandle<HTMLInputElement>;
      await input.uploadFile(...paths);
    },
    ...(firefox ? {} : dataOf(page)),
    resize: (width, height) =>
      page.setViewport({ width, height, ...(view.touch ? { hasTouch: true, isMobile: true } : {}) }),
    screenshot: () => page.screenshot({ type: 'png' }),
    close: () => owner.close(),
  };
}
