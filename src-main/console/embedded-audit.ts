// The audit of the embedded repository: records by number, the chain that is written, and chains that came from elsewhere.
import { z } from 'zod';
import type { Change } from '../storage/change-store.ts';
import { linked } from './audit-chain.ts';
import { asksForAll, matchesQuery } from './audit-query.ts';
import { AuditEntry, type AuditNote, type DocumentHead } from './records.ts';
import type { AuditChain, AuditSearch, ChainedRecord, FoundAudit } from './repository.ts';

export const AUDIT_TABLE = 'audit';

/** Where a record of a closed chain stands; one of the chain that is written has its number as its position. */
const Placed = z.looseObject({ chain: z.number().int(), position: z.number().int() });

const placeKey = (chain: number, position: number): string => `${chain}:${position}`;

/** The record as it was written, without the place that a closed chain's records are stored with. */
function unplaced(stored: unknown): unknown {
  const placed = Placed.safeParse(stored).data;
  if (placed === undefined) return stored;
  const { chain: _chain, position: _position, ...record } = placed;
  return record;
}

interface Head {
  read(): DocumentHead;
  put(head: DocumentHead): void;
}

export class EmbeddedAudit {
  readonly #records: Map<string, unknown>;
  /** Of the records of closed chains: the number by the place. */
  readonly #numbers = new Map<string, string>();
  readonly #staged = new Map<string, AuditEntry | null>();

  constructor(stored: ReadonlyMap<string, unknown> | undefined) {
    this.#records = new Map(stored);
    for (const [id, record] of this.#records) {
      const placed = Placed.safeParse(record).data;
      if (placed !== undefined) this.#numbers.set(placeKey(placed.chain, placed.position), id);
    }
  }

  append(note: AuditNote, head: Head): void {
    const present = head.read();
    const sequence = present.auditSequence + 1;
    if (this.#stored(String(sequence)) !== null) {
      throw new Error('The audit is append-only: that number is not the next one.');
    }
    const entry = linked(note, sequence, present.auditHash);
    this.#staged.set(String(sequence), entry);
    head.put({ ...present, auditSequence: sequence, auditHash: entry.hash });
  }

  numbers(head: DocumentHead): { first: number; last: number } {
    const { auditFirst, auditSequence, closedChains } = head;
    const firsts = closedChains
      .filter(({ first, last }) => first <= last)
      .map(({ id, first }) => Number(this.#numbers.get(placeKey(id, first)) ?? auditFirst));
    return { first: Math.min(auditFirst, ...firsts), last: auditSequence };
  }

  chains(head: DocumentHead): AuditChain[] {
    const own = {
      id: head.auditChain,
      origin: head.auditOrigin,
      first: head.auditFirst,
      before: head.auditBefore,
      last: head.auditSequence,
      hash: head.auditSequence < head.auditOrigin ? '' : head.auditHash,
    };
    return [...head.closedChains, own].sort((a, b) => a.id - b.id);
  }

  ofChain(head: DocumentHead, chain: number, from: number, limit: number): ChainedRecord[] {
    const found: ChainedRecord[] = [];
    const isOwn = chain === head.auditChain;
    for (let position = from; position < from + limit; position += 1) {
      const id = isOwn ? String(position) : this.#numbers.get(placeKey(chain, position));
      const record = id === undefined ? null : this.#stored(id);
      if (record !== null) found.push({ position, record: unplaced(record) });
    }
    return found;
  }

  between(first: number, last: number): unknown[] {
    const found: unknown[] = [];
    for (let sequence = first; sequence <= last; sequence += 1) {
      const record = this.record(sequence);
      if (record !== null) found.push(record);
    }
    return found;
  }

  search(head: DocumentHead, { beforeSequence, limit, ...query }: AuditSearch): FoundAudit {
    const { first, last } = this.numbers(head);
    const isEverything = asksForAll(query);
    const records: AuditEntry[] = [];
    let total = 0;
    for (let sequence = last; sequence >= first; sequence -= 1) {
      // Where everything is asked for the count is known, so that the walk ends with the page.
      if (isEverything && records.length >= limit) break;
      if (isEverything && beforeSequence !== null && sequence >= beforeSequence) continue;
      const entry = AuditEntry.safeParse(this.record(sequence)).data;
      if (entry === undefined || !matchesQuery(entry, query)) continue;
      total += 1;
      if (records.length < limit && (beforeSequence === null || sequence < beforeSequence))
        records.push(entry);
    }
    const isGapless = head.closedChains.length === 0;
    const everything = isGapless ? Math.max(0, last - first + 1) : this.#records.size;
    return { records, total: isEverything ? everything : total, isTotalExact: true };
  }

  firstToKeep(head: DocumentHead, sinceMs: number, least: number): number {
    const { first, last } = this.numbers(head);
    const latest = this.#nthNewest(head, least);
    let sequence = first;
    for (; sequence < latest && sequence <= last; sequence += 1) {
      const stored = this.record(sequence);
      if (stored === null) continue;
      const record = AuditEntry.safeParse(stored).data;
      if (record === undefined || record.atMs >= sinceMs) break;
    }
    return sequence;
  }

  trim(firstSequence: number, head: Head): void {
    const present = head.read();
    const { first, last } = this.numbers(present);
    const kept = AuditEntry.safeParse(this.record(firstSequence)).data;
    if (kept === undefined || firstSequence < first || firstSequence > last) {
      throw new Error('The audit can only be cut before a record that it has.');
    }
    const closedChains = present.closedChains.map((chain) => {
      let { first: position, before } = chain;
      for (; position <= chain.last; position += 1) {
        const number = this.#numbers.get(placeKey(chain.id, position));
        if (number === undefined || Number(number) >= firstSequence) break;
        before = AuditEntry.safeParse(this.record(Number(number))).data?.hash ?? before;
      }
      return { ...chain, first: position, before };
    });
    const ownFirst = Math.max(present.auditFirst, Math.min(firstSequence, present.auditSequence + 1));
    const ownKept = AuditEntry.safeParse(this.record(ownFirst)).data;
    for (let sequence = first; sequence < firstSequence; sequence += 1) {
      if (this.record(sequence) !== null) this.#staged.set(String(sequence), null);
    }
    head.put({
      ...present,
      closedChains,
      auditFirst: ownFirst,
      auditBefore: ownFirst === present.auditFirst ? present.auditBefore : (ownKept?.previousHash ?? ''),
    });
  }

  record(sequence: number): unknown {
    return unplaced(this.#stored(String(sequence)));
  }

  changes(): Change[] {
    return [...this.#staged].map(([id, record]) => ({ table: AUDIT_TABLE, id, record: plain(record) }));
  }

  apply(): void {
    for (const [id, record] of this.#staged) {
      const placed = Placed.safeParse(this.#records.get(id)).data;
      if (placed !== undefined) this.#numbers.delete(placeKey(placed.chain, placed.position));
      if (record === null) this.#records.delete(id);
      else this.#records.set(id, record);
    }
    this.discard();
  }

  discard(): void {
    this.#staged.clear();
  }

  /** Every record by its number, with its place. */
  *placed(head: DocumentHead): Generator<{ chain: number; position: number; record: unknown }> {
    const numbers = [...this.#records.keys()].map(Number).sort((a, b) => a - b);
    for (const number of numbers) {
      const stored = this.#records.get(String(number));
      const place = Placed.safeParse(stored).data ?? { chain: head.auditChain, position: number };
      yield { chain: place.chain, position: place.position, record: unplaced(stored) };
    }
  }

  #stored(id: string): unknown {
    const staged = this.#staged.get(id);
    return staged === undefined ? (this.#records.get(id) ?? null) : staged;
  }

  /** The number of the oldest of the last `least` records. */
  #nthNewest(head: DocumentHead, least: number): number {
    const { first, last } = this.numbers(head);
    // Without closed chains there are no gaps.
    if (head.closedChains.length === 0) return Math.max(first, last - least + 1);
    let left = least;
    let sequence = last;
    for (; sequence > first && left > 1; sequence -= 1) if (this.record(sequence) !== null) left -= 1;
    return sequence;
  }
}

/** As JSON, which has no absent fields. */
function plain(entry: AuditEntry | null): Change['record'] {
  if (entry === null) return null;
  const { ties, ...rest } = entry;
  return ties === undefined ? rest : { ...rest, ties };
}
