// The code book: what it asks for, when it asks again, and what it does when main does not answer.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atMoment } from '../../../src-renderer/bridge/window-clock.ts';
import { CodeBook } from '../../../src-renderer/features/authenticator/code-book.ts';

const PERIOD_MS = 30_000;
/** 8 s before the end of a time step. */
const START_MS = 1_800_000_000_000 - 8_000;

describe('CodeBook', () => {
  let asked: string[][] = [];
  let isHidden = false;
  let isBroken = false;
  let aheadMs = 0;
  let correctedByMs = 0;
  let book: CodeBook;

  beforeEach(() => {
    vi.useFakeTimers({ now: START_MS });
    asked = [];
    isHidden = false;
    isBroken = false;
    aheadMs = 0;
    correctedByMs = 0;
    book = new CodeBook({
      ask: (ids) => {
        asked.push([...ids]);
        if (isBroken) return Promise.reject(new Error('no answer'));
        const nowMs = Date.now() + aheadMs;
        const validFromMs = Math.floor(nowMs / PERIOD_MS) * PERIOD_MS;
        return Promise.resolve({
          nowMs,
          correctedByMs,
          codes: ids.map((id) => ({
            id,
            code: String(validFromMs / PERIOD_MS),
            nextCode: 'next',
            validFromMs,
            validUntilMs: validFromMs + PERIOD_MS,
          })),
        });
      },
      nowMs: () => Date.now(),
      atMoment,
      isHidden: () => isHidden,
    });
  });
  afterEach(() => {
    book.close();
    vi.useRealTimers();
  });

  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

  it('asks once for what is in sight, and again just after the boundary', async () => {
    book.show(['a', 'b']);
    await pass(0);
    expect(asked).toEqual([['a', 'b']]);
    await pass(7_999);
    expect(asked).toHaveLength(1);
    await pass(100);
    expect(asked).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('asks for the new ones alone when the list is scrolled', async () => {
    book.show(['a', 'b']);
    await pass(0);
    book.show(['b', 'c']);
    await pass(0);
    expect(asked).toEqual([['a', 'b'], ['c']]);
  });

  it('asks for at most 500 at once', async () => {
    book.show(Array.from({ length: 1_201 }, (_, index) => `id-${index}`));
    await pass(0);
    expect(asked.map((ids) => ids.length)).toEqual([500, 500, 201]);
  });

  it('asks nothing while the window is hidden, and all when it is shown again', async () => {
    book.show(['a']);
    await pass(0);
    isHidden = true;
    await pass(3_600_000);
    expect(asked).toHaveLength(1);
    isHidden = false;
    await book.refresh();
    expect(asked).toHaveLength(2);
  });

  it('counts down on its own clock when main goes by another', async () => {
    aheadMs = 95_000;
    book.show(['a']);
    await pass(0);
    const end = Math.ceil((START_MS + aheadMs) / PERIOD_MS) * PERIOD_MS;
    expect(book.get('a')?.endsAtMs).toBe(end - aheadMs);
  });

  it('goes on trying when main does not answer, keeps the codes it has, and says so', async () => {
    book.show(['a']);
    await pass(0);
    isBroken = true;
    await pass(8_100);
    expect(book.hasFailed).toBe(true);
    expect(book.get('a')).toBeDefined();
    isBroken = false;
    await pass(4_000);
    expect(book.hasFailed).toBe(false);
    expect(book.get('a')?.code).toBe(String(1_800_000_000_000 / PERIOD_MS));
  });

  it('asks anew when the clock was set or accounts changed', async () => {
    book.show(['a']);
    await pass(0);
    book.renew();
    await pass(0);
    expect(asked).toHaveLength(2);
  });

  it('believes no answer from before a renewal that came while it was under way', async () => {
    book.show(['a']);
    book.renew();
    await pass(0);
    await pass(20);
    expect(asked).toHaveLength(2);
    expect(book.get('a')?.endsAtMs).toBeGreaterThan(Date.now());
  });

  it('shows the next code of a counter as soon as it is answered, and asks no more for it', async () => {
    book.show(['a']);
    await pass(0);
    book.put({ id: 'a', code: '755224', nextCode: '', validFromMs: 0, validUntilMs: 0 });
    expect(book.get('a')).toMatchObject({ code: '755224', isLasting: true });
    await pass(PERIOD_MS * 3);
    expect(asked).toHaveLength(1);
  });

  it('asks for one account alone where only that has changed, and goes on showing the code it had', async () => {
    book.show(['a', 'b']);
    await pass(0);
    const before = book.get('a')?.code;
    book.renew('a');
    expect(book.get('a')?.code).toBe(before);
    await pass(0);
    expect(asked).toEqual([['a', 'b'], ['a']]);
  });

  it('knows by how much main corrects the clock', async () => {
    correctedByMs = 40_200;
    book.show(['a']);
    await pass(0);
    expect(book.correctedByMs).toBe(40_200);
  });
});
