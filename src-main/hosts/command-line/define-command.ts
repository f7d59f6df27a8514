// One description of a command, from which its parser, its help and its completions come.
import { parseArguments } from './arguments.ts';
import type { Command, ExitCode, Option, Options, Surroundings } from './command.ts';

const WIDTH = 80;
const GAP = 2;

interface Definition<O extends Options> {
  /** All that follows `twofold` in its usage, one line for each way to call it. */
  readonly usage: readonly string[];
  /** What it does, in sentences; a blank line begins a paragraph. */
  readonly about: string;
  readonly options: O;
  readonly completes?: Command['completes'];
  readonly maxArguments: number;
  readonly run: (
    given: ReturnType<typeof parseArguments<O>>,
    surroundings: Surroundings,
  ) => Promise<ExitCode>;
}

/** `--json` and `--passphrase-fd` mean the same everywhere. */
export const JSON_OPTION = {
  json: { type: 'boolean', explains: 'print JSON instead of text' },
} as const;

export const PASSPHRASE_OPTION = {
  'passphrase-fd': {
    type: 'string',
    value: 'N',
    explains: 'read the passphrase of the vault from file descriptor N, up to the end of the first line',
  },
} as const;

/** Every command has it; it is looked for before anything else. */
export const HELP_OPTION: Option = { type: 'boolean', explains: 'explain this command' };

export function defineCommand<const O extends Options>(definition: Definition<O>): Command {
  const { usage, about, options, completes = 'nothing', maxArguments, run } = definition;
  return {
    help: helpText(usage, about, options),
    options,
    completes,
    run: (args, surroundings) => run(parseArguments(args, options, maxArguments), surroundings),
  };
}

function helpText(usage: readonly string[], about: string, options: Options): string {
  const lines = usage.map((line, index) => `${index === 0 ? 'Usage: ' : '       '}twofold ${line}`);
  const paragraphs = about.split('\n\n').map((paragraph) => wrapped(paragraph, WIDTH).join('\n'));
  return [lines.join('\n'), ...paragraphs, optionsText(options)].join('\n\n');
}

const nameOf = (name: string, { value }: Option): string =>
  `--${name}${value === undefined ? '' : ` ${value}`}`;

function optionsText(options: Options): string {
  const entries = [...Object.entries(options), ['help', HELP_OPTION] as const];
  const width = Math.max(...entries.map(([name, option]) => nameOf(name, option).length));
  const indent = ' '.repeat(GAP + width + GAP);
  return entries
    .map(([name, option]) => {
      const choices = option.choices === undefined ? '' : `: ${option.choices.join(', ')}`;
      const [first = '', ...rest] = wrapped(option.explains + choices, WIDTH - indent.length);
      const head = `${' '.repeat(GAP)}${nameOf(name, option).padEnd(width)}${' '.repeat(GAP)}${first}`;
      return [head, ...rest.map((line) => indent + line)].join('\n');
    })
    .join('\n');
}

/** Lines of at most `width` characters, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/u)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
