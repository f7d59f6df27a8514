// The same bytes in each world of the same seed, so that a scenario shows the same codes whenever it is played. They
// guard nothing: a world holds no real secret.
import { createHmac } from 'node:crypto';
import type { RandomBytes } from '../console/tokens.ts';

/** HMAC-SHA-256 of a counter under the seed, as many blocks as needed. */
export function seededBytes(seed: string): RandomBytes {
  let blocks = 0;
  return (length) => {
    const parts: Buffer[] = [];
    for (let made = 0; made < length; made += 32) {
      blocks += 1;
      parts.push(createHmac('sha256', seed).update(String(blocks)).digest());
    }
    return Buffer.concat(parts).subarray(0, length);
  };
}
