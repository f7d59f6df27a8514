// One otpauth-migration link: the entries of one QR code of Google Authenticator's export, and its place among them.
import { type ProtobufField, readProtobuf } from './protobuf.ts';

export interface MigrationEntry {
  readonly secret: Uint8Array;
  readonly name: string;
  readonly issuer: string;
  readonly algorithm: number;
  readonly digits: number;
  readonly type: number;
  readonly counter: bigint;
}

export interface MigrationPayload {
  readonly entries: readonly MigrationEntry[];
  readonly version: number;
  readonly batchSize: number;
  readonly batchIndex: number;
  readonly batchId: number;
}

/** The base64 of a link, as it stands there; null when the text is no migration link. */
export function dataOfLink(link: string): Buffer | null {
  const parameter = /^otpauth-migration:\/\/[^?]*\?(?:[^#]*&)?data=([^&#]*)/iu.exec(link.trim())?.[1];
  if (parameter === undefined) return null;
  // URL decoders turn a bare "+" into a space; padding is often lost.
  const text = decoded(parameter).replaceAll(' ', '+').trim();
  return /^[A-Za-z0-9+/_-]*={0,2}$/u.test(text) ? Buffer.from(text, 'base64') : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Throws ProtobufCutShort or ProtobufBroken. Unknown fields (version 2 has some) are passed over. */
export function readMigrationPayload(data: Uint8Array): MigrationPayload {
  const fields = readProtobuf(data);
  return {
    entries: fields.flatMap((field) =>
      field.number === 1 && field.kind === 'bytes' ? [readEntry(field.value)] : [],
    ),
    version: int32(fields, 2),
    batchSize: int32(fields, 3),
    batchIndex: int32(fields, 4),
    batchId: int32(fields, 5),
  };
}

function readEntry(bytes: Uint8Array): MigrationEntry {
  const fields = readProtobuf(bytes);
  return {
    secret: bytesOf(fields, 1),
    name: textOf(fields, 2),
    issuer: textOf(fields, 3),
    algorithm: int32(fields, 4),
    digits: int32(fields, 5),
    type: int32(fields, 6),
    counter: BigInt.asIntN(64, varintOf(fields, 7)),
  };
}

// Of a field that occurs twice, the last counts; absent ones are zero or empty.

const varintOf = (fields: readonly ProtobufField[], number: number): bigint => {
  const field = fields.findLast((each) => each.number === number);
  return field?.kind === 'varint' ? field.value : 0n;
};

const bytesOf = (fields: readonly ProtobufField[], number: number): Uint8Array => {
  const field = fields.findLast((each) => each.number === number);
  return field?.kind === 'bytes' ? field.value : new Uint8Array();
};

const int32 = (fields: readonly ProtobufField[], number: number): number =>
  Number(BigInt.asIntN(32, varintOf(fields, number)));

const textOf = (fields: readonly ProtobufField[], number: number): string =>
  new TextDecoder().decode(bytesOf(fields, number));
