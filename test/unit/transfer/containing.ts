// A matcher for a sentence that holds certain words. Vitest's own is of type any.
import { expect } from 'vitest';

export const containing = (words: string): unknown => expect.stringContaining(words);
