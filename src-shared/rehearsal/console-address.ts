// How the address line of a simulated browser names its console: on screen and in the pictures of reports.

/** 'Northwind' → 'console.northwind'. */
export const consoleAddress = (organization: string): string =>
  `console.${organization
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/gu, '')}`;
