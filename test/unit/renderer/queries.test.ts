// What events do to answers that are kept: a copy changes the list in place, a change has it read anew.
import { describe, expect, it } from 'vitest';
import type { Account, EventName, EventPayload } from '../../../src-shared/contract/index.ts';
import type { Bridge, EventListener } from '../../../src-renderer/bridge/bridge.ts';
import { createQueries } from '../../../src-renderer/bridge/queries.tsx';
import { releaseWindowClock, setWindowClock } from '../../../src-renderer/bridge/window-clock.ts';
import { sampleAccount } from '../../fakes/sample-account.ts';

const LIST = ['authenticator:list', {}];

function queriesWithBridge() {
  const listeners = new Set<EventListener>();
  const bridge: Bridge = {
    call: () => Promise.reject(new Error('Nothing is to be asked here.')),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connection: 'up',
    probe: () => Promise.reject(new Error('Nothing is to be asked here.')),
    isNetwork: false,
    onConnection: () => () => undefined,
  };
  const client = createQueries(bridge);
  client.setQueryData(LIST, { accounts: [sampleAccount('a'), sampleAccount('b')] });
  return {
    client,
    emit: <E extends EventName>(event: E, payload: EventPayload<E>): void => {
      for (const listener of listeners) listener(event, payload);
    },
    accounts: () => client.getQueryData<{ accounts: Account[] }>(LIST)?.accounts ?? [],
    isStale: () => client.getQueryState(LIST)?.isInvalidated,
  };
}

describe('events', () => {
  it('authenticator:used changes the one account in the kept list, and has nothing read anew', () => {
    const { emit, accounts, isStale } = queriesWithBridge();
    const [, other] = accounts();
    emit('authenticator:used', { id: 'a', useCount: 4, lastUsedAtMs: 1_000 });
    expect(accounts()).toEqual([
      { ...sampleAccount('a'), useCount: 4, lastUsedAtMs: 1_000 },
      sampleAccount('b'),
    ]);
    expect(accounts()[1], 'the same object, whose row is not drawn anew').toBe(other);
    expect(isStale()).toBe(false);
  });

  it('authenticator:used before the list was read makes none', () => {
    const { client, emit } = queriesWithBridge();
    client.removeQueries({ queryKey: LIST });
    emit('authenticator:used', { id: 'a', useCount: 1, lastUsedAtMs: 1_000 });
    expect(client.getQueryData(LIST)).toBeUndefined();
  });

  it('authenticator:changed has the list read anew', () => {
    const { emit, isStale } = queriesWithBridge();
    emit('authenticator:changed', {});
    expect(isStale()).toBe(true);
  });

  it('rehearsal:event leaves everything alone, of the rehearsal too: it is for the pages in the world', () => {
    const { client, emit, isStale } = queriesWithBridge();
    client.setQueryData(['rehearsal:world', {}], { world: null });
    emit('rehearsal:event', { worldId: 1, actor: null, event: 'authenticator:changed', payload: {} });
    expect([isStale(), client.getQueryState(['rehearsal:world', {}])?.isInvalidated]).toEqual([false, false]);
    emit('rehearsal:changed', {});
    expect([isStale(), client.getQueryState(['rehearsal:world', {}])?.isInvalidated]).toEqual([false, true]);
  });

  it('a jump of the clock has the step and the device looked at anew, and uses no session of the console', () => {
    const { client, isStale } = queriesWithBridge();
    const methods = ['console:step', 'console:myAccount', 'administration:users', 'app:status'];
    for (const method of methods) client.setQueryData([method, {}], {});
    setWindowClock({ nowMs: 1_800_000_000_000, isRunning: false });
    releaseWindowClock();
    const stale = methods.filter((method) => client.getQueryState([method, {}])?.isInvalidated === true);
    expect([stale, isStale()]).toEqual([['console:step', 'app:status'], true]);
  });

  it('app:changed leaves the list alone', () => {
    const { emit, isStale } = queriesWithBridge();
    emit('app:changed', {});
    expect(isStale()).toBe(false);
  });
});
