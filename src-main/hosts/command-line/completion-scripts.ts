// Completion scripts for shells, from descriptions of the commands.
import type { Command, Option, Options } from './command.ts';
import { HELP_OPTION } from './define-command.ts';

export interface CompletedCommand extends Pick<Command, 'options' | 'completes'> {
  readonly name: string;
  readonly summary: string;
}

const GLOBAL_OPTIONS = ['--help', '--version'];

const optionsOf = (options: Options): [name: string, option: Option][] => [
  ...Object.entries(options),
  ['help', HELP_OPTION],
];

const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

// bash

function bashValueCases({ name, options }: CompletedCommand): string[] {
  return optionsOf(options).flatMap(([option, { type, choices, isPath }]) => {
    if (type === 'boolean') return [];
    const words =
      choices !== undefined
        ? `compgen -W ${singleQuoted(choices.join(' '))} -- "$current"`
        : isPath === true
          ? 'compgen -f -- "$current"'
          : ':';
    return [`    '${name} --${option}') ${bashAnswer(words)} return ;;`];
  });
}

/** One word a line, so that names with spaces stay whole. */
const bashAnswer = (words: string): string => `mapfile -t COMPREPLY < <(${words});`;

function bashScript(commands: readonly CompletedCommand[]): string {
  const names = [...commands.map(({ name }) => name), ...GLOBAL_OPTIONS].join(' ');
  const optionCases = commands.map(({ name, options }) => {
    const words = optionsOf(options).map(([option]) => `--${option}`);
    return `      ${name}) ${bashAnswer(`compgen -W ${singleQuoted(words.join(' '))} -- "$current"`)} ;;`;
  });
  const argumentCases = commands.flatMap(({ name, completes }) => {
    if (completes === 'nothing') return [];
    const words =
      completes === 'paths'
        ? 'compgen -f -- "$current"'
        : [
            `compgen -W ${singleQuoted(completes.words.join(' '))} -- "$current"`,
            ...(completes.orPaths === true ? ['compgen -f -- "$current"'] : []),
          ].join('; ');
    return [`      ${name}) ${bashAnswer(words)} ;;`];
  });
  return `# Completions of twofold for bash.
_twofold() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  # Names of folders get their slash; outside a completion, as in a test, there is nothing to set.
  compopt -o filenames 2> /dev/null
  if ((COMP_CWORD == 1)); then
    ${bashAnswer(`compgen -W ${singleQuoted(names)} -- "$current"`)}
    return
  fi
  case "$command $previous" in
${commands.flatMap(bashValueCases).join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
${optionCases.join('\n')}
    esac
  else
    case $command in
${argumentCases.join('\n')}
    esac
  fi
}
complete -F _twofold twofold
`;
}

// zsh

/** In what _arguments reads, colons and brackets have a meaning. */
const zshText = (text: string): string => text.replaceAll(/[\\:[\]]/gu, '\\$&');

function zshOption([name, { type, multiple, value, choices, isPath, explains }]: [string, Option]): string {
  const often = multiple === true ? '*' : '';
  const action = choices !== undefined ? `(${choices.join(' ')})` : isPath === true ? '_files' : ' ';
  const takes = type === 'boolean' ? '' : `:${zshText(value ?? 'value')}:${action}`;
  return singleQuoted(`${often}--${name}[${zshText(explains)}]${takes}`);
}

function zshArguments(completes: Command['completes']): string[] {
  if (completes === 'nothing') return [];
  if (completes === 'paths') return [singleQuoted('*:file:_files')];
  const words = completes.words.join(' ');
  if (completes.orPaths !== true) return [singleQuoted(`1:word:(${words})`)];
  const action = ` _alternative ${zshText(`"words:word:(${words})" "files:file:_files"`)}`;
  return [singleQuoted(`*:word or file:${action}`)];
}

function zshScript(commands: readonly CompletedCommand[]): string {
  const described = commands.map(
    ({ name, summary }) => `    ${singleQuoted(`${zshText(name)}:${zshText(summary)}`)}`,
  );
  const cases = commands.map(({ name, options, completes }) => {
    const specs = [...optionsOf(options).map(zshOption), ...zshArguments(completes)];
    return `    ${name})\n      _arguments -s ${specs.join(' \\\n        ')} ;;`;
  });
  return `#compdef twofold
# Completions of twofold for zsh.
_twofold() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _twofold "$@"
else
  compdef _twofold twofold
fi
`;
}

// fish

const fishQuoted = (text: string): string => `'${text.replaceAll(/[\\']/gu, '\\$&')}'`;

function fishLines({ name, summary, options, completes }: CompletedCommand): string[] {
  const within = `complete -c twofold -n ${fishQuoted(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    `complete -c twofold -n __fish_use_subcommand -f -a ${name} -d ${fishQuoted(summary)}`,
    ...(completes === 'nothing' ? [`${within} -f`] : []),
    ...(typeof completes === 'string'
      ? []
      : [`${within}${completes.orPaths === true ? '' : ' -f'} -a ${fishQuoted(completes.words.join(' '))}`]),
    ...optionsOf(options).map(([option, { type, choices, isPath, explains }]) => {
      const takes = type === 'boolean' ? '' : isPath === true ? ' -r -F' : ' -x';
      const words = choices === undefined ? '' : ` -a ${fishQuoted(choices.join(' '))}`;
      return `${within} -l ${option}${takes}${words} -d ${fishQuoted(explains)}`;
    }),
  ];
}

const fishScript = (commands: readonly CompletedCommand[]): string =>
  `# Completions of twofold for fish.
complete -c twofold -e
complete -c twofold -n __fish_use_subcommand -f -l help -d 'list the commands'
complete -c twofold -n __fish_use_subcommand -f -l version -d 'print the version'
${commands.flatMap(fishLines).join('\n')}
`;

export const completionScripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
