// Reads the arguments of a command strictly: what it does not know is an error, not ignored.
import { parseArgs } from 'node:util';
import { type Options, WrongUsage } from './command.ts';

/** As node:util parseArgs, with positional arguments. Throws WrongUsage. */
export function parseArguments<const O extends Options>(
  args: readonly string[],
  options: O,
  maxPositionals: number,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const tooMany = parsed.positionals[maxPositionals];
    if (tooMany !== undefined) throw new WrongUsage(`“${tooMany}” is one argument too many.`);
    return parsed;
  } catch (error) {
    if (error instanceof WrongUsage || !(error instanceof TypeError)) throw error;
    // Node adds a hint on how to write positionals that begin with a dash.
    throw new WrongUsage(`${error.message.split('. ', 1)[0] ?? ''}.`.replace('..', '.'));
  }
}

/** A whole number from `least` to `most`. Throws WrongUsage. */
export function parseNumber(option: string, text: string, least: number, most: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new WrongUsage(`${option} takes a number from ${least} to ${most}.`);
}

/** One of the words that the option takes. Throws WrongUsage. */
export function parseChoice<C extends string>(option: string, text: string, choices: readonly C[]): C {
  const choice = choices.find((each) => each === text);
  if (choice === undefined) throw new WrongUsage(`${option} takes one of ${choices.join(', ')}.`);
  return choice;
}
