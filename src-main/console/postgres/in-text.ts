// A pattern for LIKE.

/** Matches texts that hold this one anywhere, letter by letter. */
export const inText = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
