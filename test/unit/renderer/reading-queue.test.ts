// Adding: one thing is read after the other into one preview; passwords, progress, cancelling and failures on the way.
import { describe, expect, it } from 'vitest';
import {
  type EventPayload,
  type Input,
  MAX_IMPORT_BYTES,
  type MethodName,
  type Output,
  type Preview,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import { createBridge } from '../../../src-renderer/bridge/bridge.ts';
import { ReadingQueue } from '../../../src-renderer/features/add-account/reading-queue.ts';
import { createFakeHost, type FakeAnswers } from '../../fakes/fake-host.ts';

const preview = (id: string, sources: readonly string[] = ['Links']): Preview => ({
  id,
  sources: [...sources],
  candidates: [],
  leftOut: [],
  converted: [],
});

const refuse = (reason: string) => new TwofoldError('import-refused', `Refused: ${reason}.`, { reason });

const file = (name: string, text = 'content'): File => new File([text], name);
const files = (...names: readonly string[]) => ({
  kind: 'files' as const,
  files: names.map((name) => file(name)),
});

interface Call<M extends MethodName> {
  readonly method: M;
  readonly input: Input<M>;
}

/** A queue over a host that answers so, and what it was asked. */
function start(answers: FakeAnswers) {
  const calls: Call<MethodName>[] = [];
  const note =
    <M extends MethodName>(method: M, answer: (input: Input<M>) => Output<M> | Promise<Output<M>>) =>
    (input: Input<M>) => {
      calls.push({ method, input });
      return answer(input);
    };
  const host = createFakeHost({
    'transfer:discard': note('transfer:discard', () => ({})),
    'transfer:cancel': note('transfer:cancel', () => ({})),
    ...answers,
  });
  let jobs = 0;
  const queue = new ReadingQueue(createBridge(host), () => `job-${(jobs += 1)}`);
  return {
    queue,
    calls,
    asked: (method: MethodName) => calls.filter((call) => call.method === method).map(({ input }) => input),
    progress: (payload: EventPayload<'transfer:progress'>) => host.emit('transfer:progress', payload),
  };
}

/** Resolves once the queue's state is as asked. */
const until = (queue: ReadingQueue, isSo: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (isSo()) {
      resolve();
      return;
    }
    const end = queue.subscribe(() => {
      if (!isSo()) return;
      end();
      resolve();
    });
  });

describe('adding: the queue of what is read', () => {
  it('begins a preview with the first thing and grows it with the next', async () => {
    const previewIds: (string | null)[] = [];
    const { queue } = start({
      'transfer:readText': ({ previewId }) => {
        previewIds.push(previewId);
        return preview('one');
      },
      'transfer:readFile': ({ previewId }) => {
        previewIds.push(previewId);
        return { kind: 'read', preview: preview('one', ['Links', 'QR code']) };
      },
    });
    const grew = await Promise.all([
      queue.read({ kind: 'text', text: 'otpauth://totp/a?secret=b' }),
      queue.read(files('one.png', 'two.png')),
    ]);
    expect(grew).toEqual([true, true]);
    expect(previewIds).toEqual([null, 'one', 'one']);
    expect(queue.state().preview?.sources).toEqual(['Links', 'QR code']);
  });

  it('goes on after a file that cannot be read, and says which', async () => {
    const { queue } = start({
      'transfer:readFile': ({ name }) => {
        if (name === 'bad.png') throw new TwofoldError('picture-refused', 'No QR code was found.');
        return { kind: 'read', preview: preview('one') };
      },
    });
    expect(await queue.read(files('bad.png', 'good.png'))).toBe(true);
    expect(queue.state().failures).toEqual([{ where: 'bad.png', reason: 'No QR code was found.' }]);
    // The next go has failures of its own.
    expect(await queue.read(files('good.png'))).toBe(true);
    expect(queue.state().failures).toEqual([]);
  });

  it('asks for the password, keeps the file after a wrong one, and opens it with the right one', async () => {
    const passwords: (string | null)[] = [];
    const { queue } = start({
      'transfer:readFile': ({ password }) => {
        passwords.push(password);
        if (password === null) return { kind: 'password-needed', format: 'Aegis' };
        if (password !== 'correct horse') throw refuse('wrong-password');
        return { kind: 'read', preview: preview('one') };
      },
    });
    const reading = queue.read(files('aegis.json'));
    await until(queue, () => queue.state().locked !== null);
    expect(queue.state().locked).toEqual({ name: 'aegis.json', format: 'Aegis', error: null });
    queue.enterPassword('correct house');
    await until(
      queue,
      () => queue.state().locked?.error !== undefined && queue.state().locked?.error !== null,
    );
    expect(queue.state().locked?.error?.message).toBe('Refused: wrong-password.');
    queue.enterPassword('correct horse');
    expect(await reading).toBe(true);
    expect(passwords).toEqual([null, 'correct house', 'correct horse']);
    expect(queue.state().locked).toBeNull();
  });

  it('leaves an encrypted file out and reads the next', async () => {
    const { queue } = start({
      'transfer:readFile': ({ name }) =>
        name === 'locked.json'
          ? { kind: 'password-needed', format: 'Ente' }
          : { kind: 'read', preview: preview('one') },
    });
    const reading = queue.read(files('locked.json', 'open.json'));
    await until(queue, () => queue.state().locked !== null);
    queue.leaveLockedOut();
    expect(await reading).toBe(true);
  });

  it('shows progress of its own job alone, and comes back to the password when it is cancelled', async () => {
    let fail = (): void => undefined;
    const { queue, asked, progress } = start({
      'transfer:readFile': ({ password }) =>
        password === null
          ? { kind: 'password-needed', format: 'Ente' }
          : new Promise((_, reject) => {
              fail = () => reject(new TwofoldError('cancelled', 'The reading was cancelled.'));
            }),
    });
    const reading = queue.read(files('ente.json'));
    await until(queue, () => queue.state().locked !== null);
    queue.enterPassword('correct horse');
    await until(queue, () => queue.state().now !== null);
    progress({ jobId: 'job-7', share: 0.9 });
    expect(queue.state().now?.share).toBeNull();
    progress({ jobId: 'job-2', share: 0.4 });
    expect(queue.state().now).toEqual({ name: 'ente.json', share: 0.4 });
    queue.cancel();
    expect(asked('transfer:cancel')).toEqual([{ jobId: 'job-2' }]);
    fail();
    await until(queue, () => queue.state().locked !== null);
    expect(queue.state().locked?.error).toBeNull();
    queue.leaveLockedOut();
    expect(await reading).toBe(false);
    expect(queue.state().failures).toEqual([]);
  });

  it('refuses what is too large, too long or too many before main sees it', async () => {
    const { queue } = start({});
    const huge = Object.defineProperty(file('huge.bin'), 'size', { value: MAX_IMPORT_BYTES + 1 });
    expect(await queue.read({ kind: 'files', files: [huge] })).toBe(false);
    expect(queue.state().failures[0]?.reason).toMatch(/larger than 50 MB/);
    expect(await queue.read({ kind: 'text', text: 'x'.repeat(1_000_001) })).toBe(false);
    expect(queue.state().failures[0]?.reason).toMatch(/too long/);
    expect(await queue.read(files(...Array.from({ length: 101 }, (_, index) => `${index}.png`)))).toBe(false);
    expect(queue.state().failures[0]?.reason).toMatch(/more than 100 files/);
  });

  it('says that a folder cannot be read', async () => {
    const { queue } = start({});
    const folder = Object.defineProperty(file('folder'), 'arrayBuffer', {
      value: () => Promise.reject(new DOMException('no', 'NotReadableError')),
    });
    expect(await queue.read({ kind: 'files', files: [folder] })).toBe(false);
    expect(queue.state().failures[0]?.where).toBe('folder');
  });

  it('begins anew after the preview has expired', async () => {
    const previewIds: (string | null)[] = [];
    const { queue } = start({
      'transfer:readText': ({ previewId }) => {
        previewIds.push(previewId);
        if (previewId !== null) throw new TwofoldError('not-found', 'This preview has expired.');
        return preview('one');
      },
    });
    await queue.read({ kind: 'text', text: 'a' });
    expect(await queue.read({ kind: 'text', text: 'b' })).toBe(false);
    expect(queue.state().failures).toEqual([{ where: 'Text', reason: 'This preview has expired.' }]);
    expect(await queue.read({ kind: 'text', text: 'c' })).toBe(true);
    expect(previewIds).toEqual([null, 'one', null]);
  });

  it('has main forget the preview when it ends, but not what was added', async () => {
    const left = start({ 'transfer:readText': preview('one') });
    await left.queue.read({ kind: 'text', text: 'a' });
    left.queue.end();
    left.queue.end();
    expect(left.asked('transfer:discard')).toEqual([{ previewId: 'one' }]);

    const added = start({ 'transfer:readText': preview('one') });
    await added.queue.read({ kind: 'text', text: 'a' });
    added.queue.forget();
    added.queue.end();
    expect(added.asked('transfer:discard')).toEqual([]);
  });

  it('has main forget what arrives after the end, and reads nothing more', async () => {
    let answer = (): void => undefined;
    const { queue, asked } = start({
      'transfer:readText': () =>
        new Promise((resolve) => {
          answer = () => resolve(preview('late'));
        }),
    });
    const reading = queue.read({ kind: 'text', text: 'a' });
    const next = queue.read({ kind: 'text', text: 'b' });
    await until(queue, () => queue.state().now !== null);
    queue.end();
    answer();
    expect(await Promise.all([reading, next])).toEqual([false, false]);
    expect(asked('transfer:discard')).toEqual([{ previewId: 'late' }]);
  });
});
