// Issue 3: the thin layers over Electron's tray, keys, login item and scheme handlers, against a fake of it.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { CrashLimit } from '../../../src-main/hosts/desktop/crash-limit.ts';
import { LINK_ENTRY, registerLinkHandler } from '../../../src-main/hosts/desktop/link-handler.ts';
import { setStartsAtLogin } from '../../../src-main/hosts/desktop/login-item.ts';
import { QuickCopyKeys } from '../../../src-main/hosts/desktop/quick-copy-keys.ts';
import { startTray } from '../../../src-main/hosts/desktop/tray.ts';
import type { TrayState } from '../../../src-main/hosts/desktop/tray-menu.ts';
import { temporaryFolder } from '../storage/temporary-folder.ts';

const fake = vi.hoisted(() => {
  const menus: { label?: string }[][] = [];
  const loginItems: unknown[] = [];
  return {
    menus,
    trayEnded: 0,
    taken: new Set<string>(),
    registered: new Map<string, () => void>(),
    loginItems,
    /** Which program opens links of a scheme. */
    handlers: new Map<string, string>(),
  };
});

vi.mock('electron', () => ({
  app: {
    setLoginItemSettings: (settings: unknown) => fake.loginItems.push(settings),
    getApplicationNameForProtocol: (url: string) => fake.handlers.get(new URL(url).protocol) ?? '',
    setAsDefaultProtocolClient: (scheme: string, path: string, args: string[]) => {
      fake.handlers.set(`${scheme}:`, [path, ...args].join(' '));
      return true;
    },
  },
  globalShortcut: {
    register: (keys: string, press: () => void) => {
      if (!/^[\w+]+$/.test(keys)) throw new TypeError('conversion failure');
      if (fake.taken.has(keys)) return false;
      fake.registered.set(keys, press);
      return true;
    },
    unregister: (keys: string) => fake.registered.delete(keys),
  },
  Menu: { buildFromTemplate: (template: { label?: string }[]) => template },
  Tray: class {
    setToolTip() {
      return undefined;
    }
    setContextMenu(menu: { label?: string }[]) {
      fake.menus.push(menu);
    }
    on() {
      return undefined;
    }
    destroy() {
      fake.trayEnded += 1;
    }
  },
}));

beforeEach(() => {
  fake.menus.length = 0;
  fake.trayEnded = 0;
  fake.taken.clear();
  fake.registered.clear();
  fake.loginItems.length = 0;
  fake.handlers.clear();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const onPlatform = (platform: NodeJS.Platform): void => {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
};
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('startTray', () => {
  it('makes one new menu of several changes, none where nothing changed, and ends', async () => {
    const clock = new VirtualClock(1_800_000_000_000);
    let state: TrayState = { keys: 'ready', canLock: false, pinned: [] };
    const tray = startTray({
      icon: '/icon.png',
      clock,
      readState: () => Promise.resolve(state),
      act: () => undefined,
    });
    await settle();
    // Open and Quit, whatever could not be read yet.
    expect(fake.menus).toHaveLength(1);
    state = { ...state, pinned: [{ id: 'a', issuer: 'GitHub', name: '' }] };
    for (let times = 0; times < 5; times += 1) {
      tray.refresh();
      clock.advance(150);
    }
    await settle();
    expect(fake.menus).toHaveLength(1);
    clock.advance(200);
    await settle();
    expect(fake.menus).toHaveLength(2);
    expect(fake.menus[1]?.[0]?.label).toBe('GitHub');
    tray.refresh();
    clock.advance(200);
    await settle();
    expect(fake.menus, 'the same menu is left open').toHaveLength(2);
    tray.refresh();
    tray.dispose();
    state = { ...state, pinned: [] };
    clock.advance(200);
    await settle();
    expect([fake.menus.length, fake.trayEnded]).toEqual([2, 1]);
  });
});

describe('QuickCopyKeys', () => {
  it('takes the keys, changes and gives them back', () => {
    let pressed = 0;
    const keys = new QuickCopyKeys(() => {
      pressed += 1;
    });
    expect(keys.set('Control+Alt+T')).toBe(false);
    fake.registered.get('Control+Alt+T')?.();
    expect([pressed, keys.fault]).toEqual([1, null]);
    keys.set('Control+Alt+U');
    expect([...fake.registered.keys()]).toEqual(['Control+Alt+U']);
    keys.dispose();
    expect([...fake.registered.keys()]).toEqual([]);
  });

  it('says why where another program has them, or they are none, and forgets that with other keys', () => {
    fake.taken.add('Control+Alt+T');
    const keys = new QuickCopyKeys(() => undefined);
    expect(keys.set('Control+Alt+T')).toBe(true);
    expect(keys.fault).toMatch(/^Another program or the system has these keys already/);
    expect(keys.set('Control+Alt+T'), 'tried once').toBe(false);
    expect(keys.set('no keys at all'), 'the same fault').toBe(false);
    expect(keys.fault).not.toBeNull();
    expect(keys.set('Control+Alt+U')).toBe(true);
    expect(keys.fault).toBeNull();
  });
});

describe('setStartsAtLogin', () => {
  it('is a login item on macOS and Windows', async () => {
    const command = { program: 'C:\\Program Files\\electron.exe', args: ['C:\\my app'] };
    for (const platform of ['win32', 'darwin'] as const) {
      onPlatform(platform);
      await setStartsAtLogin(true, command);
    }
    await setStartsAtLogin(false, command);
    const common = { path: command.program, args: ['"C:\\my app"', '--at-login'] };
    expect(fake.loginItems).toEqual([
      { openAtLogin: true, ...common },
      { openAtLogin: true, ...common },
      { openAtLogin: false, ...common },
    ]);
  });

  it('is an autostart entry on Linux, which goes again', async () => {
    onPlatform('linux');
    const folder = temporaryFolder();
    vi.stubEnv('XDG_CONFIG_HOME', folder);
    const entry = join(folder, 'autostart/twofold.desktop');
    await setStartsAtLogin(true, { program: '/opt/twofold', args: [] });
    expect(readFileSync(entry, 'utf8')).toContain('Exec="/opt/twofold" "--at-login"\n');
    await setStartsAtLogin(false, { program: '/opt/twofold', args: [] });
    await setStartsAtLogin(false, { program: '/opt/twofold', args: [] });
    expect([existsSync(entry), fake.loginItems.length]).toEqual([false, 0]);
  });

  it('fails where the entry cannot be written', async () => {
    onPlatform('linux');
    const folder = temporaryFolder();
    vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'file'));
    writeFileSync(join(folder, 'file'), '');
    await expect(setStartsAtLogin(true, { program: '/opt/twofold', args: [] })).rejects.toThrow();
    await expect(setStartsAtLogin(true, { program: '/opt/two\nfold', args: [] })).rejects.toThrow();
  });
});

describe('registerLinkHandler', () => {
  const command = { program: '/opt/twofold', args: ['/app'] };

  it('takes a scheme that no program has, and leaves those that one has (macOS, Windows)', async () => {
    onPlatform('win32');
    fake.handlers.set('otpauth-migration:', 'Another Authenticator');
    await registerLinkHandler(command);
    expect([...fake.handlers]).toEqual([
      ['otpauth-migration:', 'Another Authenticator'],
      ['otpauth:', '/opt/twofold /app'],
    ]);
  });

  /** An xdg-mime that keeps its choices in a folder, one file each. */
  function withXdgMime(): { folder: string; chosen: (scheme: string) => string | null; entry: string } {
    onPlatform('linux');
    const folder = temporaryFolder();
    const program = join(folder, 'xdg-mime');
    writeFileSync(
      program,
      `#!/bin/sh
cd ${folder}
if [ "$1" = query ]; then cat "$(basename "$3")" 2>/dev/null || true; else echo "$2" > "$(basename "$3")"; fi
`,
    );
    chmodSync(program, 0o755);
    vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
    vi.stubEnv('XDG_DATA_HOME', folder);
    return {
      folder,
      entry: join(folder, 'applications', LINK_ENTRY),
      chosen: (scheme) =>
        existsSync(join(folder, scheme)) ? readFileSync(join(folder, scheme), 'utf8').trim() : null,
    };
  }

  it('does the same with xdg-mime and an entry of its own (Linux), and follows the program', async () => {
    const { folder, entry, chosen } = withXdgMime();
    writeFileSync(join(folder, 'otpauth-migration'), 'another.desktop\n');
    await registerLinkHandler(command);
    expect([chosen('otpauth'), chosen('otpauth-migration')]).toEqual([LINK_ENTRY, 'another.desktop']);
    const text = readFileSync(entry, 'utf8');
    expect(text).toContain('Exec="/opt/twofold" "/app" %u\n');
    expect(text).toContain('MimeType=x-scheme-handler/otpauth;x-scheme-handler/otpauth-migration;\n');
    expect(text).toContain('NoDisplay=true\n');
    await registerLinkHandler({ program: '/new/twofold', args: [] });
    expect(readFileSync(entry, 'utf8')).toContain('Exec="/new/twofold" %u\n');
  });

  it('writes nothing where other programs have both, or there is no xdg-mime', async () => {
    const { folder, entry } = withXdgMime();
    for (const scheme of ['otpauth', 'otpauth-migration'])
      writeFileSync(join(folder, scheme), 'another.desktop\n');
    await registerLinkHandler(command);
    expect(existsSync(entry)).toBe(false);
    vi.stubEnv('PATH', join(folder, 'nothing'));
    await registerLinkHandler(command);
    expect(existsSync(entry)).toBe(false);
  });
});

describe('CrashLimit', () => {
  it('gives up after three in a minute', () => {
    const clock = new VirtualClock(0);
    const limit = new CrashLimit(clock);
    const atOnce = [1, 2, 3, 4].map(() => limit.mayReopen());
    expect(atOnce).toEqual([true, true, true, false]);
    clock.advance(60_000);
    expect(limit.mayReopen()).toBe(true);
  });
});
