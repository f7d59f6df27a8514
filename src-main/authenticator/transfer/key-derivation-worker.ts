// The key derivation worker: derives one key, off main's thread, and is ended by its owner.
import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { argon2id } from 'hash-wasm';
import { type DerivationResult, KeyDerivation } from './key-derivation-messages.ts';

async function derive(derivation: KeyDerivation): Promise<Uint8Array> {
  const { password, salt, keyBytes } = derivation;
  switch (derivation.kind) {
    case 'scrypt': {
      const { cost, blockSize, parallelism } = derivation;
      // Beside its blocks scrypt needs a little more than Node allows by itself.
      const maxmem = 128 * blockSize * (cost + parallelism + 2);
      return scryptSync(password, salt, keyBytes, { N: cost, r: blockSize, p: parallelism, maxmem });
    }
    case 'pbkdf2':
      return pbkdf2Sync(password, salt, derivation.iterations, keyBytes, derivation.hash);
    case 'argon2id':
      // In WebAssembly, not native: it can be ended at any moment, and too little memory is an error, not a crash.
      return argon2id({
        password: Buffer.from(password),
        salt,
        memorySize: derivation.memoryKiB,
        iterations: derivation.passes,
        parallelism: derivation.parallelism,
        hashLength: keyBytes,
        outputType: 'binary',
      });
  }
}

async function answer(derivation: KeyDerivation): Promise<DerivationResult> {
  try {
    return { kind: 'key', key: new Uint8Array(await derive(derivation)) };
  } catch (error) {
    // What an allocation throws that fails.
    if (error instanceof RangeError) return { kind: 'no-memory' };
    throw error;
  }
}

parentPort?.on('message', (message: unknown) => {
  // A fault here ends the worker, which its owner notices.
  void answer(KeyDerivation.parse(message)).then((result) => parentPort?.postMessage(result));
});
