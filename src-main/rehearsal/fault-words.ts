// What is wrong with a scenario file, as a sentence of place and rule for whoever wrote it.
import type { z } from 'zod';

type Fault = z.core.$ZodIssue;

const MAX_PLACE = 100;

const kinds: Readonly<Record<string, string>> = {
  string: 'text in quotation marks',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  record: 'an object in { }',
};

/** ['steps', 2, 'browser'] → 'step 3, browser': people count from one. */
function placeOf(path: readonly PropertyKey[]): string {
  const [first, index, ...rest] = path;
  const words =
    first === 'steps' && typeof index === 'number'
      ? [`step ${index + 1}`, ...rest.map(String)]
      : path.map(String);
  return words.length === 0 ? 'the file' : words.join(', ').slice(0, MAX_PLACE);
}

/** What stands in the file at that place; undefined: nothing. */
const foundAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null
        ? new Map(Object.entries(found)).get(String(key))
        : undefined,
    value,
  );

const quoted = (names: readonly unknown[]): string => names.map((name) => `“${String(name)}”`).join(', ');

function sizeWords(side: 'at least' | 'at most', size: number | bigint, origin: string): string {
  const unit = origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
  return `must ${unit === '' ? 'be' : 'have'} ${side} ${size}${unit}`;
}

function ruleOf(fault: Fault, file: unknown): string {
  const found = foundAt(file, fault.path);
  switch (fault.code) {
    case 'unrecognized_keys':
      return `has what no scenario has there: ${quoted(fault.keys)}`;
    case 'invalid_union':
      if (fault.path.at(-1) !== 'do')
        return found === undefined ? 'is missing' : 'is none of what may stand there';
      return typeof found === 'string' ? `there is no action ${quoted([found])}` : 'is missing';
    case 'invalid_type':
      return found === undefined ? 'is missing' : `must be ${kinds[fault.expected] ?? fault.expected}`;
    case 'too_small':
      return sizeWords('at least', fault.minimum, fault.origin);
    case 'too_big':
      return sizeWords('at most', fault.maximum, fault.origin);
    case 'invalid_value':
      if (found === undefined) return 'is missing';
      return fault.values.length === 1
        ? `must be ${quoted(fault.values)}`
        : `must be one of ${quoted(fault.values)}`;
    case 'invalid_key':
      return 'is no name that can be there';
    default:
      return fault.message;
  }
}

/** `file` is what was parsed. */
export const faultWords = (fault: Fault, file: unknown): string =>
  `${placeOf(fault.path)}: ${ruleOf(fault, file)}`;
