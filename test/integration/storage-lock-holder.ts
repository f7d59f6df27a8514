// A program that takes the writer lock, says so, and holds it until it is ended or told to let go.
import { once } from 'node:events';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { WriterLock } from '../../src-main/storage/writer-lock.ts';

const [folder = ''] = process.argv.slice(2);
console.log('ready');
await once(process.stdin, 'data');
try {
  await WriterLock.acquire({ folder, host: 'loopback', address: 'http://127.0.0.1:1/' });
  console.log('got it');
} catch (error) {
  console.log(
    error instanceof TwofoldError ? `${error.code} ${String(error.details?.['pid'])}` : 'another error',
  );
}
// Standard input stays open: the process lives until it is killed.
