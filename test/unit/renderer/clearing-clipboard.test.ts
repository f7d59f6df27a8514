// Several copies in a row on loopback: the last one is cleared in its time, and nothing that the user copied elsewhere is.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClearingClipboard } from '../../../src-renderer/features/authenticator/clearing-clipboard.ts';

const AFTER_MS = 30_000;

describe('ClearingClipboard', () => {
  let held = '';
  let mayRead = true;
  let hasFocus = true;
  let waiting = new Set<() => void>();
  let clipboard: ClearingClipboard;

  beforeEach(() => {
    vi.useFakeTimers();
    held = '';
    mayRead = true;
    hasFocus = true;
    waiting = new Set();
    clipboard = new ClearingClipboard({
      write: (text) => {
        if (!hasFocus) return Promise.reject(new Error('The document is not focused.'));
        held = text;
        return Promise.resolve();
      },
      read: () =>
        hasFocus ? Promise.resolve(held) : Promise.reject(new Error('The document is not focused.')),
      mayRead: () => Promise.resolve(mayRead),
      onceFocused: (listener) => {
        waiting.add(listener);
        return () => waiting.delete(listener);
      },
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
  const focus = async (): Promise<void> => {
    hasFocus = true;
    const due = [...waiting];
    waiting.clear();
    for (const listener of due) listener();
    await pass(0);
  };

  it('clears the code after its time, not before', async () => {
    expect(await clipboard.copy('111111', AFTER_MS)).toBe(true);
    await pass(AFTER_MS - 1);
    expect(held).toBe('111111');
    await pass(1);
    expect(held).toBe('');
  });

  it('gives the last of several copies its whole time', async () => {
    await clipboard.copy('111111', AFTER_MS);
    await pass(20_000);
    await clipboard.copy('222222', AFTER_MS);
    await pass(20_000);
    expect(held).toBe('222222');
    await pass(10_000);
    expect(held).toBe('');
  });

  it('gives the same code, copied again, its whole time too', async () => {
    await clipboard.copy('111111', AFTER_MS);
    await pass(20_000);
    await clipboard.copy('111111', AFTER_MS);
    await pass(10_000);
    expect(held).toBe('111111');
    await pass(20_000);
    expect(held).toBe('');
  });

  it('leaves alone what the user copied elsewhere', async () => {
    await clipboard.copy('111111', AFTER_MS);
    held = 'a letter';
    await pass(AFTER_MS);
    expect(held).toBe('a letter');
  });

  it('waits for the focus where the window is in the background', async () => {
    await clipboard.copy('111111', AFTER_MS);
    hasFocus = false;
    await pass(AFTER_MS);
    expect(held).toBe('111111');
    await focus();
    expect(held).toBe('');
  });

  it('forgets what it waited for once another code is copied', async () => {
    await clipboard.copy('111111', AFTER_MS);
    hasFocus = false;
    await pass(AFTER_MS);
    hasFocus = true;
    await clipboard.copy('111111', AFTER_MS);
    expect(waiting.size).toBe(0);
    await focus();
    expect(held).toBe('111111');
    await pass(AFTER_MS);
    expect(held).toBe('');
  });

  it('clears nothing where it may not look, and says so', async () => {
    mayRead = false;
    expect(await clipboard.copy('111111', AFTER_MS)).toBe(false);
    await pass(AFTER_MS);
    expect(held).toBe('111111');
  });

  it('keeps the earlier copy’s time where a later one fails', async () => {
    await clipboard.copy('111111', AFTER_MS);
    hasFocus = false;
    await expect(clipboard.copy('222222', AFTER_MS)).rejects.toThrow('not focused');
    hasFocus = true;
    await pass(AFTER_MS);
    expect(held).toBe('');
  });
});
