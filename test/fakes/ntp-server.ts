// An NTP server on loopback that answers as the test wants: rightly, shifted, or with hostile packets.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

const ORIGINATE_AT = 24;
const RECEIVE_AT = 32;
const TRANSMIT_AT = 40;
const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;

/** Milliseconds since 1970 as an NTP timestamp. Written apart from the client's own, so that an error shows. */
function writeTimestamp(packet: Buffer, at: number, timeMs: number): void {
  packet.writeUInt32BE((Math.floor(timeMs / 1000) + SECONDS_FROM_1900_TO_1970) % 2 ** 32, at);
  packet.writeUInt32BE(Math.floor(((timeMs % 1000) / 1000) * 2 ** 32), at + 4);
}

/** A right answer of a stratum 2 server that says `timeMs`. */
export function rightAnswer(request: Buffer, timeMs: number): Buffer {
  const packet = Buffer.alloc(48);
  packet.writeUInt8((4 << 3) | 4, 0);
  packet.writeUInt8(2, 1);
  // Root delay 10 ms and root dispersion 5 ms, in units of 2^-16 s.
  packet.writeUInt32BE(655, 4);
  packet.writeUInt32BE(328, 8);
  packet.write('TEST', 12, 'latin1');
  request.copy(packet, ORIGINATE_AT, TRANSMIT_AT, TRANSMIT_AT + 8);
  writeTimestamp(packet, RECEIVE_AT, timeMs);
  writeTimestamp(packet, TRANSMIT_AT, timeMs);
  return packet;
}

/** What to send back for one request; none for silence. */
export type Answer = (request: Buffer) => readonly Buffer[];

export interface FakeNtpServer {
  /** As the client takes it: `127.0.0.1:port`. */
  readonly address: string;
  readonly requests: readonly Buffer[];
  readonly close: () => void;
}

/** Starts it on a free port. With `via`, its answers leave from another port, as those of a stranger would. */
export async function startNtpServer(answer: Answer, via?: Socket): Promise<FakeNtpServer> {
  const socket = createSocket('udp4');
  const requests: Buffer[] = [];
  socket.on('message', (request: Buffer, from: RemoteInfo) => {
    requests.push(request);
    for (const packet of answer(request)) (via ?? socket).send(packet, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, requests, close: () => socket.close() };
}
