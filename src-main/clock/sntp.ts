// Asks one NTP server for the time, over UDP.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import type { Clock } from './clock.ts';
import type { SourceOutcome } from './drift.ts';
import { ntpRequest, readNtpReply } from './ntp-packet.ts';

const NTP_PORT = 123;
const TIMEOUT_MS = 2_000;
const NONCE_BYTES = 8;

export interface SourceQuery {
  readonly clock: Clock;
  readonly timeoutMs?: number;
}

/** Asks one source. Never throws: a failure is an outcome with its reason. */
export type QuerySource = (source: string, options: SourceQuery) => Promise<SourceOutcome>;

/** Splits `host`, `host:port`, `[v6]` or `[v6]:port`. */
export function parseServer(server: string): { readonly host: string; readonly port: number } | null {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(server);
  const host = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? NTP_PORT : Number(match[3]);
  return host === undefined || port < 1 || port > 65_535 ? null : { host, port };
}

const failed = (reason: string): SourceOutcome => ({ kind: 'failed', reason });

/**
 * Asks an NTP server once (RFC 5905 §14) and waits at most `timeoutMs`, by default 2 s, name lookup included. The
 * offset is real time minus this computer's. Packets that are no answer to this question are passed over.
 */
export const querySntp: QuerySource = (server, { clock, timeoutMs = TIMEOUT_MS }) =>
  new Promise((resolve) => {
    const address = parseServer(server);
    if (address === null) {
      resolve(failed('this is not the name of a server'));
      return;
    }
    let passedOver = '';
    let close = (): void => undefined;
    let isDone = false;
    const finish = (outcome: SourceOutcome): void => {
      if (isDone) return;
      isDone = true;
      cancelTimeout();
      close();
      resolve(outcome);
    };
    const cancelTimeout = clock.after(timeoutMs, () => {
      const seconds = timeoutMs / 1000;
      finish(
        failed(
          passedOver === ''
            ? `no answer within ${seconds} s`
            : `only packets that were refused: ${passedOver}`,
        ),
      );
    });

    lookup(address.host).then(
      (found) => {
        if (isDone) return;
        const socket = createSocket(found.family === 6 ? 'udp6' : 'udp4');
        close = () => socket.close();
        const nonce = randomBytes(NONCE_BYTES);
        let sentAtMs = 0;
        let sentAtMonotonicMs = 0;
        socket.on('error', () => finish(failed('the network cannot be reached')));
        socket.on('message', (packet, from) => {
          const roundTripMs = clock.monotonicMs() - sentAtMonotonicMs;
          if (from.address !== found.address || from.port !== address.port) {
            passedOver = 'an answer came from another address';
            return;
          }
          const reply = readNtpReply(packet, { nonce, sentAtMs, roundTripMs });
          if (reply.kind === 'usable') finish(reply.outcome);
          else if (reply.kind === 'unusable') finish(failed(reply.reason));
          else passedOver = reply.reason;
        });
        const request = ntpRequest(nonce);
        sentAtMs = clock.nowMs();
        sentAtMonotonicMs = clock.monotonicMs();
        socket.send(request, address.port, found.address, (error) => {
          if (error !== null) finish(failed('the network cannot be reached'));
        });
      },
      () => finish(failed('the name of the server was not found')),
    );
  });
