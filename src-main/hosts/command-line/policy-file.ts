// The file of `twofold rehearse --policy`: values of a team's own policy as JSON.
import { Policy, PolicyValues, TwofoldError } from '../../../src-shared/contract/index.ts';
import { defaultPolicy, requireSound } from '../../console/policy.ts';
import { cleanLabel } from '../../otp/label.ts';
import { boundsWords, isPolicyKey, policyKeys } from '../../rehearsal/report/policy-words.ts';
import { CommandFailed, exitCodes } from './command.ts';
import { readText } from './read-text.ts';

const MAX_BYTES = 100_000;
const MAX_SHOWN = 60;

/**
 * Some of the values of a policy; the others are the defaults. Throws CommandFailed for a value that is unknown or out of
 * its bounds, and for values that do not go together; TwofoldError `not-found` where there is no such file.
 */
export async function readPolicyFile(path: string): Promise<PolicyValues> {
  const refuse = (why: string): CommandFailed =>
    new CommandFailed(exitCodes.refused, `“${path}” cannot be used as a policy. ${why}`);
  const text = await readText(path, MAX_BYTES);
  if (text === null) throw refuse(`It is no text of at most ${MAX_BYTES} bytes. Nothing was played.`);
  const entries = entriesOf(text);
  if (entries === null) {
    throw refuse('It must be a JSON object, for instance {"digits": 8}. Nothing was played.');
  }
  for (const [key, value] of entries) {
    const shown = cleanLabel(key).slice(0, MAX_SHOWN);
    if (!isPolicyKey(key)) {
      throw refuse(`There is no value “${shown}”; there are ${policyKeys.join(', ')}. Nothing was played.`);
    }
    if (Policy.shape[key].safeParse(value).success) continue;
    throw refuse(`${key} must be ${boundsWords(key)}. Nothing was played.`);
  }
  const given = PolicyValues.parse(Object.fromEntries(entries));
  try {
    requireSound(Policy.parse({ ...defaultPolicy, ...given }));
  } catch (error) {
    if (!(error instanceof TwofoldError)) throw error;
    throw refuse(error.message);
  }
  return given;
}

/** What the JSON object holds; null: it is none. */
function entriesOf(text: string): [string, unknown][] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
}
