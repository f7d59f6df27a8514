// Issue 3, tray: what its menu holds, and what its items do.
import { describe, expect, it } from 'vitest';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import {
  MAX_PINNED_IN_TRAY,
  type TrayItem,
  trayMenu,
  type TrayState,
} from '../../../src-main/hosts/desktop/tray-menu.ts';
import { actInTray, readTrayState } from '../../../src-main/hosts/desktop/tray-services.ts';

const words = (items: readonly TrayItem[]): string[] =>
  items.map((item) => (item.kind === 'separator' ? '-' : item.label));
const ready: TrayState = { keys: 'ready', canLock: true, pinned: [] };
const pinned = (id: string, issuer: string, name: string) => ({ id, issuer, name });
const labelOf = (issuer: string, name: string): string | undefined =>
  words(trayMenu({ ...ready, pinned: [pinned('a', issuer, name)] }))[0];

describe('trayMenu', () => {
  it('names the pinned accounts, each of which copies', () => {
    const items = trayMenu({ ...ready, pinned: [pinned('a', 'GitHub', 'maria'), pinned('b', '', 'jonas')] });
    expect(words(items)).toEqual(['GitHub — maria', 'jonas', '-', 'Open Twofold', 'Lock', '-', 'Quit']);
    expect(items.flatMap((item) => (item.kind === 'action' ? [item.action] : []))).toEqual([
      { kind: 'copy', id: 'a' },
      { kind: 'copy', id: 'b' },
      { kind: 'open' },
      { kind: 'lock' },
      { kind: 'quit' },
    ]);
  });

  it('shows no account while locked, and only unlocks', () => {
    const items = trayMenu({ keys: 'locked', canLock: false, pinned: [pinned('a', 'GitHub', 'maria')] });
    expect(words(items)).toEqual(['Unlock Twofold', '-', 'Quit']);
  });

  it('offers no lock without a passphrase, and only the window where something must be settled first', () => {
    expect(words(trayMenu({ ...ready, canLock: false }))).toEqual(['Open Twofold', '-', 'Quit']);
    expect(words(trayMenu({ ...ready, keys: 'elsewhere' }))).toEqual(['Open Twofold', '-', 'Quit']);
  });

  it.each([
    ['GitHub', '', 'GitHub'],
    ['', '', 'Without a name'],
    ['A & B', 'x&y', 'A && B — x&&y'],
    ['two\nlines', 'tab\there', 'two lines — tab here'],
    ['\u202Eevil', 'name', 'evil — name'],
    ['Ü'.repeat(80), 'name', `${'Ü'.repeat(59)}…`],
    ['👩‍💻', 'x', '👩‍💻 — x'],
  ])('labels %j and %j', (issuer, name, label) => {
    expect(labelOf(issuer, name)).toBe(label);
  });

  it('holds a bounded number of accounts', () => {
    const many = Array.from({ length: 500 }, (_, index) => pinned(`${index}`, `Service ${index}`, ''));
    expect(words(trayMenu({ ...ready, pinned: many }))).toHaveLength(MAX_PINNED_IN_TRAY + 5);
  });
});

describe('the tray and the services', () => {
  const locked = new TwofoldError('key-needed', 'Locked.');
  const services = (kind: 'ready' | 'enter-passphrase', isReadable = true) => {
    const done: string[] = [];
    return {
      done,
      keys: () =>
        kind === 'ready'
          ? ({ kind, protection: 'passphrase' } as const)
          : ({ kind, reason: 'Your data is protected by a passphrase.' } as const),
      lock: () => void done.push('lock'),
      quick: {
        pinned: () => (isReadable ? Promise.resolve([]) : Promise.reject(locked)),
        copy: (id: string) => {
          done.push(`copy ${id}`);
          return isReadable ? Promise.resolve() : Promise.reject(locked);
        },
      },
    };
  };
  const act = async (
    action: Parameters<typeof actInTray>[0],
    over: ReturnType<typeof services>,
  ): Promise<string[]> => {
    await actInTray(action, over, {
      showWindow: () => over.done.push('window'),
      quit: () => over.done.push('quit'),
    });
    return over.done;
  };

  it('reads what there is, and never fails', async () => {
    expect(await readTrayState(services('ready'))).toEqual(ready);
    expect(await readTrayState(services('enter-passphrase'))).toMatchObject({ keys: 'locked', pinned: [] });
    expect(await readTrayState(services('ready', false))).toMatchObject({ keys: 'elsewhere' });
  });

  it('copies, opens, locks and quits; where it cannot copy, the window shows why', async () => {
    expect(await act({ kind: 'copy', id: 'a' }, services('ready'))).toEqual(['copy a']);
    expect(await act({ kind: 'copy', id: 'a' }, services('ready', false))).toEqual(['copy a', 'window']);
    expect(await act({ kind: 'open' }, services('ready'))).toEqual(['window']);
    expect(await act({ kind: 'lock' }, services('ready'))).toEqual(['lock']);
    expect(await act({ kind: 'quit' }, services('ready'))).toEqual(['quit']);
  });
});
