// `twofold completions`: a script for bash, zsh or fish, made from the table of commands.
import { exitCodes, WrongUsage } from './command.ts';
import { commands } from './commands.ts';
import { defineCommand } from './define-command.ts';
import { type CompletedCommand, completionScripts } from './completion-scripts.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** All commands with their options, in the order of the table. */
export async function completedCommands(): Promise<CompletedCommand[]> {
  const described: CompletedCommand[] = [];
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const { options, completes } = await load();
    described.push({ name, summary, options, completes });
  }
  return described;
}

export const completions = defineCommand({
  usage: ['completions bash|zsh|fish'],
  about: `Prints a script that completes commands and options. For the current shell:

bash: eval "$(twofold completions bash)", zsh: eval "$(twofold completions zsh)", fish: twofold completions fish | source`,
  options: {},
  completes: { words: SHELLS },
  maxArguments: 1,
  async run({ positionals: [wanted] }, { terminal }) {
    const shell = SHELLS.find((name) => name === wanted);
    if (shell === undefined) throw new WrongUsage('Say for which shell: bash, zsh or fish.');
    terminal.print(completionScripts[shell](await completedCommands()));
    return exitCodes.done;
  },
});
