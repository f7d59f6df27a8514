// A durable file that holds one versioned JSON document: numbered migrations on reading, a schema on both ways.
import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import { DurableFile, type RecoveryEvent } from './durable-file.ts';
import { storageFailed } from './storage-failure.ts';

/** Turns the content of version n into that of version n + 1. Pure. */
export type Migration = (content: unknown) => unknown;

export interface JsonFileOptions<S extends z.ZodType> {
  readonly path: string;
  /** The content in its present version. */
  readonly schema: S;
  /** From version 1 to 2, from 2 to 3, …: the present version is one more than their number. */
  readonly migrations?: readonly Migration[];
  readonly onRecovered?: (event: RecoveryEvent) => void;
  readonly whenLost?: 'start-empty' | 'refuse';
  readonly clock?: Clock;
}

const Envelope = z.strictObject({ version: z.number().int().min(1), content: z.unknown() });

/** The refusal of a file from a later Twofold, which is left untouched. */
export const newerVersion = (path: string, found: number, known: number): Error =>
  storageFailed(
    'newer-version',
    `${path} was written by a newer Twofold (version ${found} of the file; this one knows up to ${known}). It was left unchanged. Update Twofold to open it.`,
  );

/**
 * The content of a file of that version brought to the present one. Throws TwofoldError `storage-failed`
 * (`newer-version`) for one from the future.
 */
export function migrate(
  path: string,
  version: number,
  content: unknown,
  migrations: readonly Migration[],
): unknown {
  const present = migrations.length + 1;
  if (version > present) throw newerVersion(path, version, present);
  return migrations.slice(version - 1).reduce((older, step) => step(older), content);
}

/** Makes the durable file of a document `{version, content}`. What does not fit the schema counts as damaged. */
export function jsonFile<S extends z.ZodType>(options: JsonFileOptions<S>): DurableFile<z.output<S>> {
  const { path, schema, migrations = [], ...rest } = options;
  return new DurableFile<z.output<S>>({
    path,
    ...rest,
    parse(bytes) {
      const { version, content } = Envelope.parse(
        JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)),
      );
      return schema.parse(migrate(path, version, content, migrations));
    },
    serialize(content) {
      const document = { version: migrations.length + 1, content: schema.parse(content) };
      return Buffer.from(`${JSON.stringify(document, undefined, 2)}\n`);
    },
  });
}
