// Desktop entries of Linux (freedesktop.org, Desktop Entry Specification 1.5). Free of electron.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { LaunchCommand } from './launch-command.ts';

/** The base folders of the XDG specification; a relative path in them is to be ignored. */
export interface XdgFolders {
  readonly configuration: string;
  readonly data: string;
}

export function xdgFolders(
  env: Readonly<Record<string, string | undefined>>,
  userFolder: string,
): XdgFolders {
  const absolute = (name: string, otherwise: string): string => {
    const path = env[name] ?? '';
    return isAbsolute(path) ? path : join(userFolder, otherwise);
  };
  return {
    configuration: absolute('XDG_CONFIG_HOME', '.config'),
    data: absolute('XDG_DATA_HOME', join('.local', 'share')),
  };
}

/**
 * An argument in an Exec line: quoted, with the characters escaped that the specification names, then the backslashes
 * once more because every value is unescaped before; `%` doubled, for it begins a field code.
 */
function execArgument(argument: string): string {
  const quoted = argument.replaceAll(/["`$\\]/g, (character) => `\\${character}`);
  return `"${quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`;
}

export interface DesktopEntry {
  readonly name: string;
  readonly command: LaunchCommand;
  /** A field code after the command, for instance `%u`. */
  readonly field?: '%u';
  /** More keys and their values, which need no escaping. */
  readonly more?: Readonly<Record<string, string>>;
}

/** The text of the entry, or null where the command cannot be written in one: a line break in its path. */
export function desktopEntry({ name, command, field, more = {} }: DesktopEntry): string | null {
  const words = [command.program, ...command.args];
  if (words.some((word) => /[\n\r\0]/.test(word))) return null;
  const exec = [...words.map(execArgument), ...(field === undefined ? [] : [field])].join(' ');
  const lines = { Type: 'Application', Version: '1.5', Name: name, Exec: exec, Terminal: 'false', ...more };
  return ['[Desktop Entry]', ...Object.entries(lines).map(([key, value]) => `${key}=${value}`), ''].join(
    '\n',
  );
}

/** Puts the entry there whole, readable by all as such files are. Its folder is made where it is missing. */
export async function writeDesktopEntry(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content, { mode: 0o644 });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
