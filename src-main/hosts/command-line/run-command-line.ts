// The command line: finds the command, runs it, and turns what went wrong into one sentence and an exit code.
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { CommandFailed, type ExitCode, exitCodes, type Surroundings, WrongUsage } from './command.ts';
import { commands } from './commands.ts';
import { exitCodeOf } from './failure-codes.ts';

const overview = `Usage: twofold <command> [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(13)}${summary}`)
  .join('\n')}

  twofold <command> --help   more about one command
  twofold --version          the version
`;

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
    if (error instanceof CommandFailed) {
      terminal.tell(error.message);
      return error.exitCode;
    }
    if (error instanceof TwofoldError) {
      terminal.tell(error.message);
      return exitCodeOf(error);
    }
    terminal.tell('Something went wrong inside Twofold. Your data was not changed. Try again.');
    return exitCodes.failed;
  }
}
