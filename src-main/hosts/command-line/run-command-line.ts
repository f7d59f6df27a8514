// The command line: finds the command, runs it, and turns what went wrong into one sentence and an exit code.
import { type ErrorCode, TwofoldError } from '../../../src-shared/contract/errors.ts';
import { type Command, type ExitCode, exitCodes, type Surroundings, WrongUsage } from './command.ts';

interface Entry {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Loaded when it is run: the codes should be there at once, and need none of the console. */
  readonly load: () => Promise<Command>;
}

const commands: Readonly<Record<string, Entry>> = {
  codes: { summary: 'show the current codes', load: async () => (await import('./codes.ts')).codes },
  clock: { summary: "check this computer's clock", load: async () => (await import('./clock.ts')).clock },
  import: {
    summary: "look into another authenticator's file",
    load: async () => (await import('./import.ts')).importFile,
  },
  'read-qr': {
    summary: 'read the QR codes of pictures',
    load: async () => (await import('./read-qr.ts')).readQr,
  },
  serve: { summary: 'open Twofold in your browser', load: async () => (await import('./serve.ts')).serve },
};

const overview = `Usage: twofold <command> [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`)
  .join('\n')}

  twofold <command> --help   more about one command
  twofold --version          the version
`;

const codesOfFailures: Partial<Record<ErrorCode, ExitCode>> = {
  'not-found': exitCodes.notFound,
  'key-needed': exitCodes.noKeys,
  'key-unavailable': exitCodes.noKeys,
  'passphrase-refused': exitCodes.noKeys,
};

/** Runs `twofold` with these arguments. Never throws. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { terminal, version } = surroundings;
  const [name = '', ...rest] = args;
  if (['--help', '-h', 'help'].includes(name)) {
    terminal.print(overview);
    return exitCodes.done;
  }
  if (name === '--version') {
    terminal.print(`${version}\n`);
    return exitCodes.done;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    terminal.tell(name === '' ? overview.trimEnd() : `There is no command “${name}”. See twofold --help.`);
    return exitCodes.wrongUsage;
  }
  const command = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.print(`${command.help}\n`);
    return exitCodes.done;
  }
  try {
    return await command.run(rest, surroundings);
  } catch (error) {
    if (error instanceof WrongUsage) {
      terminal.tell(`${error.message} See twofold ${name} --help.`);
      return exitCodes.wrongUsage;
    }
    if (error instanceof TwofoldError) {
      terminal.tell(error.message);
      return codesOfFailures[error.code] ?? exitCodes.failed;
    }
    terminal.tell('Something went wrong inside Twofold. Your data was not changed. Try again.');
    return exitCodes.failed;
  }
}
