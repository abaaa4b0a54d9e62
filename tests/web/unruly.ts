// The built page from a server that answers some files differently: not at all, later, or with something else.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveSite } from './harness.ts';

export interface Answer {
  status?: number;
  /** Undefined: the browser may guess the type. */
  type?: string | undefined;
  body?: string;
  /** In addition to those of the page's own server. */
  headers?: Record<string, string>;
}

export interface UnrulySite {
  url: string;
  /** Sends the files that were held back, unchanged. */
  release(): void;
  close(): Promise<void>;
}

/**
 * `answer` is called with the path of each file. It returns a replacement, additional headers, or `hold` to delay the
 * file until it is released.
 */
export async function serveUnruly(answer: (path: string) => Answer | 'hold' | undefined): Promise<UnrulySite> {
  const site = await serveSite();
  const held: (() => void)[] = [];
  let released = false;
  let closed = false;
  const send = async (path: string, response: ServerResponse, more: Record<string, string> = {}): Promise<void> => {
    const file = await fetch(new URL(path.slice(1), site.url));
    const headers = Object.fromEntries(
      [...file.headers].filter(
        ([name]) => !/^(connection|content-length|keep-alive|transfer-encoding|date)$/.test(name),
      ),
    );
    response.writeHead(file.status, { ...headers, ...more }).end(Buffer.from(await file.arrayBuffer()));
  };
  /* A response may still be in progress when the test ends. */
  const pass = (path: string, response: ServerResponse, more?: Record<string, string>): void => {
    send(path, response, more).catch((error: unknown) => {
      if (!closed) throw error;
      response.destroy();
    });
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/[?#].*$/, '');
    const instead = answer(path);
    if (instead === undefined || (instead === 'hold' && released)) pass(path, response);
    else if (instead === 'hold') held.push(() => pass(path, response));
    else if (instead.body === undefined && instead.status === undefined)
      pass(path, response, { ...instead.headers, ...(instead.type && { 'content-type': instead.type }) });
    else
      response
        .writeHead(instead.status ?? 200, {
          'X-Content-Type-Options': 'nosniff',
          ...instead.headers,
          ...(instead.type && { 'Content-Type': instead.type }),
        })
        .end(instead.body ?? '');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    release: () => {
      released = true;
      for (const answerNow of held.splice(0)) answerNow();
    },
    close: async () => {
      closed = true;
      server.closeAllConnections();
      server.close();
      await site.close();
    },
  };
}
