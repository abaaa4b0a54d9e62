/** Must be imported before uPlot, which asks for a number format in the browser's language while it loads. WebKitGTK in
 *  the locale C calls that language "C", which is no language tag: the request throws, and with it every script of the
 *  page. */

try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
}

export {};
