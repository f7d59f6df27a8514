// Keeps the first window's browser profile over restarts, in browser-profile.json. Free of electron.
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import { DurableFile } from '../../storage/durable-file.ts';
import type { KeptValues } from './browser-profile.ts';

const Held = z.strictObject({ value: z.string(), expiresAtMs: z.number() });
const ProfileContent = z.strictObject({
  version: z.literal(1),
  trust: Held.exactOptional(),
  device: Held.exactOptional(),
});

export interface ProfileFile {
  readonly kept: KeptValues;
  /** Writes in the background, in the order of the calls. */
  readonly keep: (kept: KeptValues) => void;
  /** Waits for what is still being written. */
  readonly flush: () => Promise<void>;
}

/**
 * Opens the file below `home`. A damaged one is set aside: this browser is then merely no longer trusted, and a code is
 * asked for. Throws TwofoldError `storage-failed` when it cannot be read.
 */
export async function openProfileFile(home: string, clock: Clock): Promise<ProfileFile> {
  const file = new DurableFile<KeptValues>({
    path: join(home, 'browser-profile.json'),
    clock,
    parse(bytes) {
      const { version: _version, ...kept } = ProfileContent.parse(
        JSON.parse(Buffer.from(bytes).toString('utf8')),
      );
      return kept;
    },
    serialize: (kept) => Buffer.from(`${JSON.stringify({ version: 1, ...kept })}\n`),
  });
  let writing: Promise<unknown> = Promise.resolve();
  return {
    kept: (await file.read()) ?? {},
    keep(kept) {
      // Where this fails the browser is no longer trusted after the next start; the sign-in itself goes on.
      writing = Promise.allSettled([writing, file.write(kept)]);
    },
    async flush() {
      await writing;
    },
  };
}
