// The chains of the audit (S18): each record carries the hash of the one before, so that a changed or missing one shows.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AuditEntry, type AuditNote } from './records.ts';
import type { AuditChain, ConsoleRepository, ConsoleTransaction } from './repository.ts';

/** JSON with sorted keys and no white space, so that the same record always gives the same bytes (as RFC 8785). */
export const canonicalJson = (record: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));

/** SHA-256 over the record without its own hash; it includes the hash of the record before. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}

/** The record with its number and its place in a chain. */
export function linked(note: AuditNote, sequence: number, previousHash: string): AuditEntry {
  const entry = { ...note, sequence, previousHash };
  return { ...entry, hash: auditHash(entry) };
}

export type AuditVerdict =
  | { readonly kind: 'intact'; readonly records: number; readonly firstSequence: number }
  | { readonly kind: 'broken'; readonly firstBrokenSequence: number; readonly reason: string };
type Broken = Extract<AuditVerdict, { kind: 'broken' }>;

/** What retention writes about the records that it removed, as `verifyChain` looks for it. */
export const removedUpTo = (lastSequence: number): string => `Records up to no. ${lastSequence} `;

/** So many records are looked at in one transaction, so that no sign-in waits for a million of them. */
const RECORDS_PER_TRANSACTION = 2_000;

/** A place in a chain and the hash that another record says the record there has. */
interface Claim {
  readonly chain: number;
  readonly position: number;
  readonly hash: string;
  /** The record that says so. */
  readonly by: number;
}

/** What is learnt on the way and concerns more than one chain. */
interface Findings {
  /** Of the first record that is kept, when the walk began. */
  readonly firstSequence: number;
  records: number;
  readonly claims: Claim[];
  /** The newest record of retention, with where it left each chain. */
  trimmed: { readonly summary: string; readonly by: number; readonly ties: AuditEntry['ties'] } | null;
}

interface Walk {
  /** The next position to look at, and the hash that it must follow. */
  readonly position: number;
  readonly previousHash: string;
  /** The number of the record before; null at the beginning. */
  readonly previousNumber: number | null;
}

const broken = (firstBrokenSequence: number, reason: string): Broken => ({
  kind: 'broken',
  firstBrokenSequence,
  reason,
});

/**
 * The number to name for that place: a chain whose records are numbered like their positions, as that of the embedded
 * store, names a missing record too.
 */
const numberAt = ({ position, previousNumber }: Walk, own: number | undefined): number =>
  previousNumber === null || previousNumber === position - 1 ? position : (own ?? previousNumber + 1);

/** What is wrong with a record at that place, or null. */
function fault(walk: Walk, chain: AuditChain, position: number, record: unknown): Broken | null {
  const parsed = AuditEntry.safeParse(record);
  const at = numberAt(walk, parsed.data?.sequence);
  if (position > chain.last) return broken(at, 'The record was added from outside.');
  if (position !== walk.position) {
    return broken(at, `The record is missing, or one before it in the chain ${chain.id}.`);
  }
  if (!parsed.success) return broken(at, 'The record was changed: it does not have the shape of one.');
  const { hash, ...content } = parsed.data;
  if (content.sequence <= (walk.previousNumber ?? 0)) {
    return broken(at, 'The record was moved: it carries another number.');
  }
  if (content.previousHash !== walk.previousHash) {
    return broken(at, 'The record does not follow the one before it.');
  }
  return auditHash(content) === hash ? null : broken(at, 'The record was changed after it was written.');
}

type Step =
  { readonly kind: 'go on'; readonly walk: Walk } | { readonly kind: 'end'; readonly broken: Broken | null };

/** Looks at some records of a chain from where the walk stands. */
async function walkOn(tx: ConsoleTransaction, id: number, from: Walk, findings: Findings): Promise<Step> {
  const chain = (await tx.auditChains()).find((one) => one.id === id);
  if (chain === undefined) {
    return { kind: 'end', broken: broken(findings.firstSequence, `The chain ${id} is missing.`) };
  }
  let walk = from;
  const found = await tx.auditOfChain(id, walk.position, RECORDS_PER_TRANSACTION);
  for (const { position, record } of found) {
    const wrong = fault(walk, chain, position, record);
    if (wrong !== null) return { kind: 'end', broken: wrong };
    const entry = AuditEntry.parse(record);
    findings.records += 1;
    learn(entry, findings);
    walk = { position: position + 1, previousHash: entry.hash, previousNumber: entry.sequence };
  }
  if (found.length > 0 && walk.position <= chain.last) return { kind: 'go on', walk };
  const isWhole = walk.position > chain.last && walk.previousHash === chain.hash;
  const end = numberAt({ ...walk, position: chain.last }, walk.previousNumber ?? chain.last);
  return {
    kind: 'end',
    broken: isWhole ? null : broken(end, 'The end of the log was changed or cut off.'),
  };
}

function learn({ event, ties, sequence: by, summary }: AuditEntry, findings: Findings): void {
  if (event === 'audit-trimmed' && by > (findings.trimmed?.by ?? 0)) findings.trimmed = { summary, by, ties };
  if (event !== 'audit-anchored') return;
  for (const [chain, position, hash] of ties ?? []) findings.claims.push({ chain, position, hash, by });
}

/** Whether the chain begins where it began, or where a record of retention says that it was cut. */
function isBeginKnown(chain: AuditChain, { trimmed, firstSequence }: Findings): boolean {
  if (chain.first === chain.origin) return chain.before === '';
  if (trimmed === null) return false;
  if (trimmed.ties === undefined) return trimmed.summary.startsWith(removedUpTo(firstSequence - 1));
  return trimmed.ties.some(
    ([id, position, hash]) => id === chain.id && position === chain.first - 1 && hash === chain.before,
  );
}

/** The number of the first record that a chain still has. */
async function firstNumberOf(tx: ConsoleTransaction, chain: AuditChain): Promise<number> {
  const [first] = await tx.auditOfChain(chain.id, chain.first, 1);
  return AuditEntry.safeParse(first?.record).data?.sequence ?? chain.first;
}

/** Which of these claims do not hold: the record that they name is not there, or is another one. */
async function brokenClaims(
  tx: ConsoleTransaction,
  claims: readonly Claim[],
  chains: readonly AuditChain[],
): Promise<Broken[]> {
  const found: Broken[] = [];
  for (const { chain: id, position, hash, by } of claims) {
    const chain = chains.find((one) => one.id === id);
    if (chain === undefined) {
      found.push(broken(by, `The chain ${id} is missing, of which the record no. ${by} knows.`));
      continue;
    }
    // What retention has removed cannot be looked at any more.
    if (position < chain.first) continue;
    const [at] = await tx.auditOfChain(id, position, 1);
    const entry = at?.position === position ? AuditEntry.safeParse(at.record).data : undefined;
    if (entry?.hash === hash) continue;
    found.push(
      broken(entry?.sequence ?? by, `The chain ${id} is not the one that the record no. ${by} knows.`),
    );
  }
  return found;
}

const CLAIMS_PER_TRANSACTION = 500;

/** The whole log once. Null: retention removed records meanwhile, so that it must be looked at anew. */
async function verifyOnce(repository: ConsoleRepository): Promise<AuditVerdict | null> {
  const { chains, first } = await repository.read(async (tx) => ({
    chains: await tx.auditChains(),
    first: (await tx.auditNumbers()).first,
  }));
  const findings: Findings = { firstSequence: first, records: 0, claims: [], trimmed: null };
  const faults: Broken[] = [];
  for (const chain of chains) {
    let step: Step = {
      kind: 'go on',
      walk: { position: chain.first, previousHash: chain.before, previousNumber: null },
    };
    while (step.kind === 'go on') {
      const walk: Walk = step.walk;
      step = await repository.read((tx) => walkOn(tx, chain.id, walk, findings));
      // Lets what has arrived meanwhile, a sign-in for instance, have its turn.
      await setImmediate();
    }
    if (step.broken !== null) faults.push(step.broken);
  }
  for (let from = 0; from < findings.claims.length; from += CLAIMS_PER_TRANSACTION) {
    const some = findings.claims.slice(from, from + CLAIMS_PER_TRANSACTION);
    faults.push(...(await repository.read(async (tx) => brokenClaims(tx, some, await tx.auditChains()))));
  }
  return repository.read(async (tx) => {
    if ((await tx.auditNumbers()).first !== first) return null;
    if (faults.length === 0) {
      for (const chain of chains) {
        if (isBeginKnown(chain, findings)) continue;
        const reason = 'The records before it were removed, and no record of retention says so.';
        faults.push(broken(await firstNumberOf(tx, chain), reason));
      }
    }
    const [earliest] = faults.sort((a, b) => a.firstBrokenSequence - b.firstBrokenSequence);
    return earliest ?? { kind: 'intact', records: findings.records, firstSequence: first };
  });
}

/** Retention works once a day: a walk that it has disturbed is made anew, and not for ever. */
const MOST_WALKS = 5;

/** Walks every chain from its first record that is kept and names the first one that was changed, is missing or was moved. */
export async function verifyChain(repository: ConsoleRepository): Promise<AuditVerdict> {
  for (let walks = 1; ; walks += 1) {
    const verdict = await verifyOnce(repository);
    if (verdict !== null) return verdict;
    if (walks === MOST_WALKS) throw new Error('The audit was cut again and again while it was checked.');
  }
}
