// Where the console's data lie, and what a move is doing, in words.
import type { DataPlace, EventPayload } from '../../../src-shared/contract/index.ts';

export type InDatabase = Extract<DataPlace, { kind: 'database' }>;

export const safetyWords: { readonly [S in InDatabase['safety']]: string } = {
  tls: 'TLS, with a server whose certificate is verified',
  socket: 'A local socket of this computer',
  'own-computer': 'This computer itself, without TLS',
};

export const changesWords: { readonly [C in InDatabase['changes']]: string } = {
  'at-once': 'Shown here at once',
  'by-looking':
    'Looked for every 15 seconds: notifications do not come through, as with a pooler in transaction mode',
};

const partWords: Readonly<Record<string, string>> = {
  organization: 'Organization and policy',
  units: 'Units',
  users: 'Users',
  factors: 'Factors',
  trusts: 'Trusted browsers',
  sessions: 'Sessions',
  challenges: 'Sign-ins under way',
  counters: 'Counters of wrong tries',
  devices: 'Known browsers',
  apiKeys: 'API keys',
  breakGlass: 'Break-glass codes',
  audit: 'Audit',
};

/** What a table holds, in words. */
export const partName = (name: string): string => partWords[name] ?? name;

const stepWords = {
  reading: 'Step 1 of 3, reading',
  writing: 'Step 2 of 3, writing',
  comparing: 'Step 3 of 3, reading back and comparing',
} as const;

export function progressWords({ step, part, count }: EventPayload<'database:progress'>): string {
  const records = count === 1 ? '1 record' : `${count.toLocaleString('en-GB')} records`;
  return `${stepWords[step]}: ${partName(part).toLowerCase()}, ${records}`;
}
