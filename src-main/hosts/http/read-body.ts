// Reads a request's body up to a limit, and not a byte beyond.
import type { IncomingMessage } from 'node:http';

/**
 * The whole body as UTF-8 text, or null where it is larger than `maxBytes`; the connection then still takes an answer.
 * Rejects when the connection breaks.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A request without an encoding gives bytes.');
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
