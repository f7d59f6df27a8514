// The table of all commands.
import type { Command } from './command.ts';

export interface CommandEntry {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Loaded when it is run: the codes should be there at once, and need none of the console. */
  readonly load: () => Promise<Command>;
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  add: { summary: 'add an account', load: async () => (await import('./add.ts')).add },
  list: { summary: 'list the accounts', load: async () => (await import('./list.ts')).list },
  codes: { summary: 'show the current codes', load: async () => (await import('./codes.ts')).codes },
  copy: { summary: 'copy a code', load: async () => (await import('./copy.ts')).copy },
  import: {
    summary: "add the accounts of another authenticator's file",
    load: async () => (await import('./import.ts')).importFiles,
  },
  export: {
    summary: 'write accounts to a file',
    load: async () => (await import('./export.ts')).exportAccounts,
  },
  backup: { summary: 'make or test a backup', load: async () => (await import('./backup.ts')).backup },
  lock: { summary: 'lock the Twofold that is open', load: async () => (await import('./lock.ts')).lock },
  clock: { summary: "check this computer's clock", load: async () => (await import('./clock.ts')).clock },
  'read-qr': {
    summary: 'read the QR codes of pictures',
    load: async () => (await import('./read-qr.ts')).readQr,
  },
  rehearse: {
    summary: 'play scenarios in a sealed world',
    load: async () => (await import('./rehearse.ts')).rehearse,
  },
  serve: { summary: 'open Twofold in your browser', load: async () => (await import('./serve.ts')).serve },
  console: {
    summary: "move the console's data to a database and back, look after its key",
    load: async () => (await import('./console.ts')).consoleData,
  },
  completions: {
    summary: 'print the completions for a shell',
    load: async () => (await import('./completions.ts')).completions,
  },
};
