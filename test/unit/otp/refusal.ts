// Catches what a function refuses with, for comparison as a plain value.
import { TwofoldError } from '../../../src-shared/contract/index.ts';

/** Code, details and message of the TwofoldError that `work` throws; null when it throws none. Other errors pass. */
export function refusalOf(work: () => unknown) {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof TwofoldError)) throw error;
    return { code: error.code, details: error.details, message: error.message };
  }
}
