// A loopback host for tests, and requests to it with every header under the test's control.
import { mkdtempSync, writeFileSync, mkdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { type LoopbackHost, startLoopbackHost } from '../../src-main/hosts/loopback/loopback-host.ts';
import type { Caller } from '../../src-main/ipc/caller.ts';
import { EventHub } from '../../src-main/ipc/events.ts';

export const COOKIE_PREFIX = 'twofold-test0001';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  /** Undefined takes a header away that would be sent otherwise. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

/** Sends the request exactly so; the path is not normalized, and a certificate is not looked at. */
export const send = (
  address: string,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { protocol, hostname, port } = new URL(address);
    const given: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) given[name] = value;
    const where = { hostname, port, method, path, headers: given, agent: false } as const;
    const request =
      protocol === 'https:' ? httpsRequest({ ...where, rejectUnauthorized: false }) : httpRequest(where);
    request.on('response', (response) => {
      const chunks: Uint8Array[] = [];
      response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });

/** Sends these very bytes and answers everything that comes back until the connection ends. */
export const sendBytes = (address: string, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname, () => socket.end(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      answer += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

/** What a page of ours sends with a POST. */
export const pageHeaders = (address: string): Record<string, string> => ({
  origin: address,
  'content-type': 'application/json',
  'sec-fetch-site': 'same-origin',
});

/** The `name=value` pairs of an answer's Set-Cookie headers. */
export const cookiesOf = ({ headers }: Answer): string[] => {
  const set = headers['set-cookie'];
  const all = typeof set === 'string' ? [set] : (set ?? []);
  return all.map((cookie) => cookie.split(';', 1)[0] ?? '');
};

export interface TestHost extends LoopbackHost {
  readonly clock: VirtualClock;
  readonly events: EventHub;
  /** Everything the host reported as a fault. */
  readonly faults: unknown[];
  /** The router's calls so far. */
  readonly calls: { readonly method: string; readonly input: unknown }[];
  /** Redeems a new launch token and answers the launch cookie as `name=value`. */
  readonly launch: () => Promise<string>;
}

/** A host over a router that answers what `handle` does, and pages with a secret file beside their folder. */
export async function startTestHost(
  handle: (method: string, caller: Caller) => unknown = () => ({}),
): Promise<TestHost> {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-loopback-'));
  const pages = join(folder, 'renderer');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Twofold</title>');
  writeFileSync(join(pages, 'assets', 'main.js'), 'export {};');
  writeFileSync(join(folder, 'vault.html'), 'SECRET OUTSIDE');
  const clock = new VirtualClock(1_700_000_000_000);
  const events = new EventHub();
  const faults: unknown[] = [];
  const calls: { method: string; input: unknown }[] = [];
  const host = await startLoopbackHost({
    router: async (method, input, caller) => {
      calls.push({ method, input });
      return { ok: true, value: await handle(method, caller) };
    },
    events,
    clock,
    pages,
    cookiePrefix: COOKIE_PREFIX,
    onFault: (_where, error) => faults.push(error),
  });
  const launch = async (): Promise<string> => {
    const token = host.newLaunchAddress().split('#launch=')[1] ?? '';
    const answer = await send(host.address, {
      method: 'POST',
      path: '/launch',
      headers: pageHeaders(host.address),
      body: JSON.stringify({ token }),
    });
    return cookiesOf(answer)[0] ?? '';
  };
  return { ...host, clock, events, faults, calls, launch };
}
