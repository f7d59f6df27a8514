// Word of changes between the nodes over one database: LISTEN and NOTIFY, or a look now and then where nothing is heard.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import type { Database } from './database.ts';

const CHANNEL = 'twofold_changed';

/** How often it is looked whether notifications still come, and for changes where they do not. */
const LOOK_MS = 15_000;
/** Many changes in a row are told once: a NOTIFY takes a lock that all nodes share. */
const TELL_EVERY_MS = 250;

export interface ChangeFeedOptions {
  /** The pool, for what is sent: over the listening connection a pooler would answer with its own echo. */
  readonly database: Pick<Database, 'connected' | 'newClient'>;
  readonly clock: Clock;
  /** Something was changed at another node, or may have been while nothing was heard. */
  readonly onChange: () => void;
  readonly lookMs?: number;
}

const Newest = z.object({ newest: z.number().int() });

export class ChangeFeed {
  readonly #settings: ChangeFeedOptions;
  readonly #node = randomUUID();
  #client: pg.Client | null = null;
  #isHeard = false;
  /** The probe of the last look came back. */
  #isProbeHeard = false;
  #newest: number | null = null;
  #isClosed = false;
  #cancelLook = (): void => undefined;
  #cancelTelling: (() => void) | null = null;
  #hasMoreToTell = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(settings: ChangeFeedOptions) {
    this.#settings = settings;
    this.#look();
  }

  /** Whether changes are heard of at once: not without a connection, and not through a pooler in transaction mode. */
  get isHeard(): boolean {
    return this.#isHeard;
  }

  /** Tells the other nodes, at once or with what else is changed just then. Never fails: who misses it, looks later. */
  tell(): void {
    if (this.#isClosed) return;
    if (this.#cancelTelling !== null) {
      this.#hasMoreToTell = true;
      return;
    }
    this.#notify(this.#node).catch(() => undefined);
    this.#cancelTelling = this.#settings.clock.after(TELL_EVERY_MS, () => {
      this.#cancelTelling = null;
      if (!this.#hasMoreToTell) return;
      this.#hasMoreToTell = false;
      this.tell();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook();
    this.#cancelTelling?.();
    await this.#looking;
    await this.#disconnect();
  }

  #look(): void {
    this.#looking = this.#lookOnce()
      // Without the database nothing is heard; the next look tries again.
      .catch(() => this.#disconnect())
      .then(() => {
        if (this.#isClosed) return;
        this.#cancelLook = this.#settings.clock.after(this.#settings.lookMs ?? LOOK_MS, () => this.#look());
      });
  }

  async #lookOnce(): Promise<void> {
    if (this.#isHeard && !this.#isProbeHeard) await this.#disconnect();
    if (this.#client === null) await this.#connect();
    if (!this.#isHeard) await this.#lookForChanges();
    this.#isProbeHeard = false;
    await this.#notify(`probe ${this.#node}`);
  }

  async #connect(): Promise<void> {
    const client = this.#settings.database.newClient();
    // Cut: the probe of the next look will not come back.
    client.on('error', () => undefined);
    client.on('end', () => {
      if (this.#client === client) void this.#disconnect();
    });
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    this.#client = client;
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
  }

  async #disconnect(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    this.#isHeard = false;
    await client?.end().catch(() => undefined);
  }

  #hear(payload: string): void {
    if (payload === `probe ${this.#node}`) {
      this.#isProbeHeard = true;
      if (this.#isHeard) return;
      this.#isHeard = true;
      // What happened before is looked at once more.
      this.#settings.onChange();
    } else if (payload !== this.#node && !payload.startsWith('probe ')) this.#settings.onChange();
  }

  /** Whatever happens at the console adds a record to the audit, and with it a number. */
  async #lookForChanges(): Promise<void> {
    const newest = await this.#settings.database.connected(async (run) => {
      const { rows } = await run(
        sql`SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS newest FROM twofold.audit_number`,
      );
      return Newest.parse(rows[0]).newest;
    });
    const before = this.#newest;
    this.#newest = newest;
    if (before !== null && newest !== before) this.#settings.onChange();
  }

  async #notify(payload: string): Promise<void> {
    await this.#settings.database.connected(async (run) => {
      await run(sql`SELECT pg_notify(${CHANNEL}, ${payload})`);
    });
  }
}
