// A node's key in memory; the same for all nodes of a test at first, as they need it.
import type { KeyPlace } from '../../src-main/console/key-place.ts';
import type { SealingKey } from '../../src-main/secrets/sealing.ts';

export const firstKey = (): SealingKey => ({ id: 'test-key', bytes: new Uint8Array(32).fill(7) });

export class MemoryKeyPlace implements KeyPlace {
  readonly name: string;
  held: SealingKey;
  failsWith: Error | null = null;

  constructor(name: string, held: SealingKey) {
    this.name = name;
    this.held = held;
  }

  readonly key = (): SealingKey => this.held;

  readonly keep = ({ id, bytes }: SealingKey): Promise<void> => {
    if (this.failsWith !== null) return Promise.reject(this.failsWith);
    this.held = { id, bytes: Uint8Array.from(bytes) };
    return Promise.resolve();
  };
}
