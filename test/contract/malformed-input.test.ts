// S22: every method of the contract refuses malformed input before it reaches a service.
import { describe, expect, test } from 'vitest';
import { Failure, isMethodName, type MethodName, methods } from '../../src-shared/contract/index.ts';
import { nobody, routerThatRecords } from '../fakes/recording-router.ts';
import { malform, samples } from './samples.ts';

const names = Object.keys(methods).filter(isMethodName);

describe.each(names)('%s', (name: MethodName) => {
  test('takes its sample input, so that the refusals below mean something', () => {
    expect(methods[name].input.safeParse(samples[name]).error?.issues).toBeUndefined();
  });

  test.each(malform(samples[name]))('S22: refuses when $what', async ({ input }) => {
    const { router, reached } = routerThatRecords();
    const answer = await router(name, input, nobody);
    expect(answer.ok).toBe(false);
    expect(reached).toEqual([]);
    if (answer.ok) return;
    expect(Failure.parse(answer.error).code).toBe('invalid-input');
    expect(answer.error.message.length).toBeLessThan(400);
    expect(JSON.stringify(answer)).not.toMatch(/\bat .*:\d+:\d+|xxxxx|\\ud800/);
  });
});

describe('the router', () => {
  test.each(['', 'toString', '__proto__', 'constructor', 'app:nothing', 'APP:STATUS'])(
    'answers unknown-method for %j',
    async (name) => {
      const { router } = routerThatRecords();
      expect(await router(name, {}, nobody)).toMatchObject({ ok: false, error: { code: 'unknown-method' } });
    },
  );

  test('tells nothing of a fault but that there was one', async () => {
    const { router, faults } = routerThatRecords(() => {
      throw new Error('secret JBSWY3DPEHPK3PXP at /home/maria');
    });
    const answer = await router('app:status', {}, nobody);
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toMatch(/JBSW|maria|stack/);
    expect(faults).toEqual(['app:status']);
  });

  test('refuses an answer that breaks the contract, for instance by a field too many', async () => {
    const { router, faults } = routerThatRecords(() => ({ accounts: [], secret: 'JBSWY3DPEHPK3PXP' }));
    const answer = await router('authenticator:list', {}, nobody);
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('JBSW');
    expect(faults).toEqual(['authenticator:list']);
  });
});
