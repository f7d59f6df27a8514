// The little of Protocol Buffers' wire format that a migration code needs: varints and length-delimited fields.
// https://protobuf.dev/programming-guides/encoding/

export class ProtobufCutShort extends Error {
  override readonly name = 'ProtobufCutShort';
}
export class ProtobufBroken extends Error {
  override readonly name = 'ProtobufBroken';
}

export type ProtobufField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes'; readonly value: Uint8Array };

const MAX_VARINT_BYTES = 10;
const WIRE_VARINT = 0;
const WIRE_FIXED64 = 1;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;

/** All fields in order; fixed-width ones are passed over. Throws ProtobufCutShort or ProtobufBroken. */
export function readProtobuf(bytes: Uint8Array): ProtobufField[] {
  const fields: ProtobufField[] = [];
  let offset = 0;

  const take = (count: number): Uint8Array => {
    if (count > bytes.length - offset) throw new ProtobufCutShort('A field is longer than the message.');
    offset += count;
    return bytes.subarray(offset - count, offset);
  };
  const takeVarint = (): bigint => {
    let value = 0n;
    for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
      const [byte = 0] = take(1);
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new ProtobufBroken('A number has more than ten bytes.');
  };

  while (offset < bytes.length) {
    const key = takeVarint();
    const number = Number(key >> 3n);
    const wire = Number(key & 7n);
    if (number === 0) throw new ProtobufBroken('A field has the number 0.');
    if (wire === WIRE_VARINT) fields.push({ number, kind: 'varint', value: takeVarint() });
    else if (wire === WIRE_BYTES) fields.push({ number, kind: 'bytes', value: take(Number(takeVarint())) });
    else if (wire === WIRE_FIXED64) take(8);
    else if (wire === WIRE_FIXED32) take(4);
    else throw new ProtobufBroken('A field is of an unknown wire type.');
  }
  return fields;
}

export function varintField(number: number, value: number | bigint): Buffer {
  return Buffer.concat([varint(BigInt(number) << 3n), varint(BigInt.asUintN(64, BigInt(value)))]);
}

export function bytesField(number: number, value: Uint8Array): Buffer {
  return Buffer.concat([
    varint((BigInt(number) << 3n) | BigInt(WIRE_BYTES)),
    varint(BigInt(value.length)),
    value,
  ]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
