// Catches the files of "Save picture" on the lab's page, and compares two drawings of one part.
import assert from 'node:assert/strict';
import type { Tab } from './harness.ts';

interface Saved {
  name: string;
  type: string;
  /** Its bytes, one character each. */
  bytes: string;
}

declare global {
  var files: Promise<Saved>[];
  var breaches: string[];
}

/** From now on nothing is written to the disk. Files and violations of the policy are collected in the page. */
export async function catchFiles(tab: Tab): Promise<void> {
  await tab.evaluate(() => {
    globalThis.files = [];
    globalThis.breaches = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      globalThis.breaches.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
    const blobs = new Map<string, Blob>();
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      const address = make.call(URL, blob as Blob);
      blobs.set(address, blob as Blob);
      return address;
    };
    HTMLAnchorElement.prototype.click = function () {
      const blob = blobs.get(this.href) as Blob;
      const [name, { type }] = [this.download, blob];
      globalThis.files.push(
        blob.arrayBuffer().then((buffer) => ({
          name,
          type,
          bytes: Array.from(new Uint8Array(buffer), (b) => String.fromCharCode(b)).join(''),
        })),
      );
    };
  });
}

/** Waits two frames, after which any change or scrolling is on the screen. */
export const drawn = (tab: Tab): Promise<void> =>
  tab.until(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))));

/** Presses SVG or PNG below the figure, as a reader does, and returns the file. */
export async function saved(
  tab: Tab,
  id: string,
  format: 'SVG' | 'PNG',
): Promise<{ name: string; type: string; bytes: Buffer }> {
  const menu = `#${id} + rnn-save`;
  const open = await tab.evaluate(
    (selector) => document.querySelector(selector)?.shadowRoot?.querySelector('details')?.open,
    menu,
  );
  if (!open) await tab.click(`${menu} >>> summary`);
  await tab.click(`${menu} >>> button:nth-of-type(${format === 'SVG' ? 1 : 2})`);
  await tab.until(
    (selector) =>
      /asked to save/.test(
        document.querySelector(selector)?.shadowRoot?.querySelector('[role=status]')?.textContent ?? '',
      ),
    menu,
  );
  const said = await tab.text(`${menu} >>> [role=status]`);
  assert.equal(said, 'The browser was asked to save the picture. If no file arrives, downloads are not allowed here.');
  const file = await tab.evaluate(() => globalThis.files.splice(0)[0] as Promise<Saved>);
  return { name: file.name, type: file.type, bytes: Buffer.from(file.bytes, 'latin1') };
}

/**
 * The difference between picture and screen in one part of a figure, in bytes per color: as they are, and with blank
 * paper in place of the picture. The picture has another layout, so the part is searched from top to bottom, with one
 * pixel in 49; all pixels are compared where it is found.
 */
export async function differences(
  tab: Tab,
  id: string,
  part: string,
  svg: string,
): Promise<{ made: number; blank: number }> {
  await tab.middle(`#${id} >>> ${part}`);
  await tab.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await drawn(tab);
  const screen = Buffer.from(await tab.screenshot()).toString('base64');
  return tab.evaluate(
    async (id, part, svg, screen) => {
      const load = async (address: string): Promise<HTMLImageElement> => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return image;
      };
      const pixels = (image: HTMLImageElement, width: number, height: number, down = 0): ImageData => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [width, height];
        const g = canvas.getContext('2d') as CanvasRenderingContext2D;
        g.drawImage(image, 0, down, width, height);
        return g.getImageData(0, 0, width, height);
      };
      const figure = document.getElementById(id) as HTMLElement;
      const box = (figure.shadowRoot?.querySelector(part) as Element).getBoundingClientRect();
      const [shot, picture] = [
        await load(`data:image/png;base64,${screen}`),
        await load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`),
      ];
      const seen = pixels(shot, innerWidth, innerHeight);
      let drawing = pixels(picture, picture.width, picture.height);
      const left = Math.round(box.left);
      const across = left - Math.round(figure.getBoundingClientRect().left) + 16;
      const [width, height] = [Math.floor(box.width), Math.floor(box.height)];
      const top = Math.round(box.top);
      const paper = [...drawing.data.slice(0, 3)];
      const difference = (down: number | undefined, step: number): number => {
        let [sum, count] = [0, 0];
        for (let y = 0; y < height; y += step)
          for (let x = 0; x < width; x += step)
            for (let c = 0; c < 3; c++, count++) {
              const other =
                down === undefined
                  ? (paper[c] as number)
                  : (drawing.data[4 * ((y + down) * drawing.width + x + across) + c] as number);
              sum += Math.abs((seen.data[4 * ((y + top) * seen.width + x + left) + c] as number) - other);
            }
        return sum / count;
      };
      let [best, least] = [0, Number.POSITIVE_INFINITY];
      for (let down = 0; down + height <= drawing.height; down++) {
        const here = difference(down, 7);
        if (here < least) [best, least] = [down, here];
      }
      // The page may be between two rows of pixels where the picture is not.
      const between = [-0.5, -0.25, 0, 0.25, 0.5].map((part) => {
        drawing = pixels(picture, picture.width, picture.height, part);
        return difference(best, 1);
      });
      return { made: Math.min(...between), blank: difference(undefined, 1) };
    },
    id,
    part,
    svg,
    screen,
  );
}
