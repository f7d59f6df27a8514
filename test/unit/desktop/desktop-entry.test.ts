// Issue 3, start at login and otpauth links on Linux: desktop entries as the specification wants them.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  desktopEntry,
  writeDesktopEntry,
  xdgFolders,
} from '../../../src-main/hosts/desktop/desktop-entry.ts';
import { launchCommand } from '../../../src-main/hosts/desktop/launch-command.ts';
import { desktopResources } from '../../../src-main/hosts/desktop/resources.ts';
import { temporaryFolder } from '../storage/temporary-folder.ts';

const execOf = (...words: readonly [string, ...string[]]): string | undefined => {
  const [program, ...args] = words;
  return desktopEntry({ name: 'Twofold', command: { program, args } })
    ?.split('\n')
    .find((line) => line.startsWith('Exec='))
    ?.slice('Exec='.length);
};

describe('desktopEntry', () => {
  it('is whole', () => {
    expect(
      desktopEntry({
        name: 'Twofold',
        command: { program: '/opt/Twofold/twofold', args: ['--at-login'] },
        field: '%u',
        more: { NoDisplay: 'true' },
      }),
    ).toBe(
      '[Desktop Entry]\nType=Application\nVersion=1.5\nName=Twofold\nExec="/opt/Twofold/twofold" "--at-login" %u\nTerminal=false\nNoDisplay=true\n',
    );
  });

  it.each([
    ['/home/a b/twofold', '"/home/a b/twofold"'],
    ['/home/100%/twofold', '"/home/100%%/twofold"'],
    ['/home/a"b', '"/home/a\\\\"b"'],
    ['/home/$HOME/`id`', '"/home/\\\\$HOME/\\\\`id\\\\`"'],
    ['/home/a\\b', '"/home/a\\\\\\\\b"'],
  ])('escapes %s', (program, exec) => {
    expect(execOf(program)).toBe(exec);
  });

  it.each(['/home/a\nExec=evil', '/home/a\rb', '/home/a\0b'])('is not written for %j', (program) => {
    expect(desktopEntry({ name: 'Twofold', command: { program, args: [] } })).toBeNull();
  });

  it('is put there whole, readable by all, in place of an older one, and leaves nothing beside it', async () => {
    const folder = join(temporaryFolder(), 'autostart');
    const path = join(folder, 'twofold.desktop');
    await writeDesktopEntry(path, 'one\n');
    await writeDesktopEntry(path, 'two\n');
    expect(readFileSync(path, 'utf8')).toBe('two\n');
    expect(statSync(path).mode & 0o777).toBe(0o644);
    expect(readdirSync(folder)).toEqual(['twofold.desktop']);
  });
});

describe('xdgFolders', () => {
  it('follows the environment where it names absolute folders', () => {
    expect(xdgFolders({ XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d' }, '/home/maria')).toEqual({
      configuration: '/c',
      data: '/d',
    });
    expect(xdgFolders({ XDG_CONFIG_HOME: 'c', XDG_DATA_HOME: '' }, '/home/maria')).toEqual({
      configuration: '/home/maria/.config',
      data: '/home/maria/.local/share',
    });
  });
});

describe('launchCommand', () => {
  const env = {};
  it.each([
    [
      'the app given to Electron',
      { execPath: '/e/electron', argv: ['/e/electron', '/src/twofold', '--x'], defaultApp: true, env },
      { program: '/e/electron', args: ['/src/twofold'] },
    ],
    [
      'the packaged program',
      { execPath: '/opt/twofold', argv: ['/opt/twofold', 'otpauth://totp/a'], defaultApp: false, env },
      { program: '/opt/twofold', args: [] },
    ],
    [
      'an AppImage',
      { execPath: '/tmp/.mount/t', argv: ['t'], defaultApp: false, env: { APPIMAGE: '/home/m/T.AppImage' } },
      { program: '/home/m/T.AppImage', args: [] },
    ],
  ])('starts %s again', (_what, process, command) => {
    expect(launchCommand(process)).toEqual(command);
  });
});

describe('desktopResources', () => {
  it.each(['linux', 'darwin', 'win32'] as const)('are there for %s', (platform) => {
    const { icon, trayIcon } = desktopResources(join(import.meta.dirname, '../../../resources'), platform);
    expect([existsSync(icon), existsSync(trayIcon)]).toEqual([true, true]);
  });
});
