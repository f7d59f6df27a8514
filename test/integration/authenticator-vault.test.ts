// The authenticator over its real file and real pictures: what is added is there again, and damage is survived.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import QRCode from 'qrcode';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Authenticator } from '../../src-main/authenticator/authenticator.ts';
import { PictureReader } from '../../src-main/authenticator/qr/picture-reader.ts';
import { Transfer } from '../../src-main/authenticator/transfer/transfer.ts';
import { Vault } from '../../src-main/authenticator/vault.ts';
import { vaultCodec } from '../../src-main/authenticator/vault-codec.ts';
import { VaultDoor } from '../../src-main/authenticator/vault-door.ts';
import { systemClock } from '../../src-main/clock/system-clock.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import type { SealingKey } from '../../src-main/secrets/sealing.ts';
import { DurableFile, type RecoveryEvent } from '../../src-main/storage/durable-file.ts';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const key: SealingKey = { id: 'vault', bytes: new Uint8Array(32).fill(1) };

let folder = '';
let path = '';
let recoveries: RecoveryEvent[] = [];
const pictures = new PictureReader(systemClock);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twofold-vault-'));
  path = join(folder, 'authenticator.vault');
  recoveries = [];
});
afterEach(async () => {
  await pictures.close();
  await rm(folder, { recursive: true });
});

/** The authenticator of a freshly started program. */
function start(withKey = key) {
  const onRecovered = (event: RecoveryEvent) => void recoveries.push(event);
  const door = new VaultDoor(() =>
    Vault.open(new DurableFile({ path, ...vaultCodec(withKey), onRecovered }), systemClock.nowMs()),
  );
  const shared = { door, clock: systemClock, events: new EventHub() };
  const authenticator = new Authenticator({ ...shared, correctionMs: () => 0 });
  const transfer = new Transfer({
    ...shared,
    readPicture: (picture) => pictures.read(picture),
    portableAccounts: (ids) => authenticator.portableAccounts(ids),
    onReplaced: (ids) => authenticator.forgetCodes(ids),
    requireProof: () => Promise.resolve(),
  });
  return { transfer, list: () => authenticator.list() };
}

async function addFromPicture({ transfer }: ReturnType<typeof start>, name: string) {
  const content = await QRCode.toBuffer(`otpauth://totp/Acme:${name}?secret=${SECRET}&issuer=Acme`);
  const file = { previewId: null, jobId: 'job', name: `${name}.png`, content, password: null };
  const reading = await transfer.readFile(file);
  if (reading.kind !== 'read') throw new Error('A picture has no password.');
  const choices = reading.preview.candidates.map(({ id }) => ({ id, action: 'add' as const }));
  return (await transfer.add(reading.preview.id, choices)).added;
}

test('accounts from pictures are there after a restart; the file shows nothing of them', async () => {
  const added = await addFromPicture(start(), 'kim');
  expect(added).toMatchObject([{ issuer: 'Acme', name: 'kim' }]);
  expect(await start().list()).toEqual(added);
  const content = await readFile(path, 'latin1');
  expect(content).not.toMatch(/Acme|kim|GEZDGNBV/u);
});

test('a damaged vault: the generation before is opened, the damaged file kept, the user told', async () => {
  const first = start();
  const [kim] = await addFromPicture(first, 'kim');
  await addFromPicture(first, 'lee');
  const damaged = await readFile(path);
  damaged.writeUInt8(damaged.readUInt8(damaged.length - 20) ^ 1, damaged.length - 20);
  await writeFile(path, damaged);
  expect(await start().list()).toEqual([kim]);
  expect(recoveries).toMatchObject([{ path, usedBackup: true }]);
  expect(await readFile(recoveries[0]?.setAside ?? '')).toEqual(damaged);
});

test('a vault of another key is left exactly as it is, also when something is added', async () => {
  await addFromPicture(start(), 'kim');
  const before = await readFile(path);
  const stranger = start({ id: 'other', bytes: new Uint8Array(32).fill(2) });
  await expect(stranger.list()).rejects.toMatchObject({ code: 'key-unavailable' });
  await expect(addFromPicture(stranger, 'lee')).rejects.toMatchObject({ code: 'key-unavailable' });
  expect(await readFile(path)).toEqual(before);
  expect(recoveries).toEqual([]);
});
