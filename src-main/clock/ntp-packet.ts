// The 48 bytes of an SNTP request and its reply: RFC 5905 §7.3 and §14, RFC 4330 §5. Pure.
import type { SourceOutcome } from './drift.ts';

export const NTP_PACKET_BYTES = 48;

const VERSION = 4;
const MODE_CLIENT = 3;
const MODE_SERVER = 4;
const LEAP_UNSYNCHRONIZED = 3;
const STRATUM_MAX = 15;
const ROOT_DELAY_AT = 4;
const ROOT_DISPERSION_AT = 8;
const REFERENCE_ID_AT = 12;
const ORIGINATE_AT = 24;
const RECEIVE_AT = 32;
const TRANSMIT_AT = 40;
const FRACTIONS_PER_MS = 2 ** 32 / 1000;
const SHORT_FRACTIONS_PER_MS = 2 ** 16 / 1000;
const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;
/** RFC 5905 §7.2 MAXDISP: with more than that a server is not synchronized. */
const MAX_ROOT_DISTANCE_MS = 16_000;
/** Clocks tick apart a little during a round trip. */
const TICK_TOLERANCE_MS = 10;
/** No true server can say an earlier time than that of this program's making: 2025-01-01. */
const EARLIEST_MS = 1_735_689_600_000;

/** What the client knows of one exchange. */
export interface Exchange {
  /** The random number that was sent as transmit timestamp; the wall clock does not leave the computer. */
  readonly nonce: Uint8Array;
  /** Wall clock at sending, in milliseconds since 1970. */
  readonly sentAtMs: number;
  /** From sending to receiving, by the monotonic clock. */
  readonly roundTripMs: number;
}

export type NtpReply =
  | { readonly kind: 'usable'; readonly outcome: Extract<SourceOutcome, { kind: 'answered' }> }
  /** From the server asked, but of no use: asking on is pointless. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** Not an answer to this question: may be forged, so that the true one is still waited for. */
  | { readonly kind: 'foreign'; readonly reason: string };

/** The request that carries `nonce` (8 bytes) and nothing else about this computer. */
export function ntpRequest(nonce: Uint8Array): Buffer {
  const packet = Buffer.alloc(NTP_PACKET_BYTES);
  packet.writeUInt8((VERSION << 3) | MODE_CLIENT, 0);
  packet.set(nonce, TRANSMIT_AT);
  return packet;
}

const timestamp = (packet: Buffer, at: number): bigint => packet.readBigUInt64BE(at);

/** Milliseconds from `earlier` to `later`; right across the era change of 2036, for spans below 68 years. */
const spanMs = (later: bigint, earlier: bigint): number =>
  Number(BigInt.asIntN(64, later - earlier)) / FRACTIONS_PER_MS;

/** The time as an NTP timestamp, whose seconds count from 1900 and wrap in 2036. */
export function ntpTimestamp(timeMs: number): bigint {
  const fractions = BigInt(Math.round(timeMs * 1000)) * 2n ** 32n;
  return BigInt.asUintN(64, fractions / 1_000_000n + (BigInt(SECONDS_FROM_1900_TO_1970) << 32n));
}

const unusable = (reason: string): NtpReply => ({ kind: 'unusable', reason });
const foreign = (reason: string): NtpReply => ({ kind: 'foreign', reason });

/** Reads a packet that came from the asked address: RFC 4330 §5, checks 1 to 5. Offset and delay: RFC 5905 §8. */
export function readNtpReply(packet: Buffer, { nonce, sentAtMs, roundTripMs }: Exchange): NtpReply {
  if (packet.length < NTP_PACKET_BYTES) return foreign('the reply is cut short');
  if (!packet.subarray(ORIGINATE_AT, RECEIVE_AT).equals(nonce))
    return foreign('the reply belongs to another question');
  const head = packet.readUInt8(0);
  if ((head & 7) !== MODE_SERVER) return unusable('the reply is not that of a server');
  if (((head >> 3) & 7) !== VERSION) return unusable('the reply has another version of NTP');
  const stratum = packet.readUInt8(1);
  if (stratum === 0) {
    const code = packet.toString('latin1', REFERENCE_ID_AT, REFERENCE_ID_AT + 4).replace(/[^A-Z]/g, '');
    return unusable(`the server refuses to answer${code === '' ? '' : ` (${code})`}`);
  }
  if (stratum > STRATUM_MAX || head >> 6 === LEAP_UNSYNCHRONIZED) {
    return unusable('the server does not know the time itself');
  }
  const received = timestamp(packet, RECEIVE_AT);
  const transmitted = timestamp(packet, TRANSMIT_AT);
  if (transmitted === 0n || received === 0n) return unusable('the reply holds no time');

  const rootMs =
    packet.readUInt32BE(ROOT_DELAY_AT) / SHORT_FRACTIONS_PER_MS / 2 +
    packet.readUInt32BE(ROOT_DISPERSION_AT) / SHORT_FRACTIONS_PER_MS;
  if (rootMs >= MAX_ROOT_DISTANCE_MS) return unusable('the server is too unsure of the time');
  const heldMs = spanMs(transmitted, received);
  if (heldMs < 0 || heldMs > roundTripMs + TICK_TOLERANCE_MS)
    return unusable('the times in the reply contradict each other');

  const sent = ntpTimestamp(sentAtMs);
  const offsetMs = (spanMs(received, sent) + spanMs(transmitted, sent) - roundTripMs) / 2;
  if (sentAtMs + offsetMs < EARLIEST_MS) return unusable('the server says a time long past');
  const delayMs = Math.max(0, roundTripMs - heldMs);
  return {
    kind: 'usable',
    outcome: { kind: 'answered', offsetMs, uncertaintyMs: delayMs / 2 + rootMs, delayMs },
  };
}
