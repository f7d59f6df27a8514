// What may be told of an error that nobody expected.

/** The kind of error and where it was thrown, without its message, which might hold what a user typed. */
export const framesOf = (error: unknown): string =>
  error instanceof Error
    ? [error.name, ...(error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))].join('\n')
    : typeof error;
