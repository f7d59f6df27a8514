// An authenticator over memory: virtual clock, a vault file that can be made to fail, a clipboard to look at.
import type { Adapter } from 'lowdb';
import { Authenticator } from '../../../src-main/authenticator/authenticator.ts';
import type { Clipboard } from '../../../src-main/authenticator/clipboard.ts';
import { type ChooseExport, Transfer } from '../../../src-main/authenticator/transfer/transfer.ts';
import { Vault } from '../../../src-main/authenticator/vault.ts';
import { VaultDoor } from '../../../src-main/authenticator/vault-door.ts';
import { readVaultDocument, type VaultDocument } from '../../../src-main/authenticator/vault-document.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { EventHub } from '../../../src-main/ipc/events.ts';
import { TwofoldError } from '../../../src-shared/contract/index.ts';

/** 20 bytes: the secret of the RFCs. */
export const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
export const START_MS = 1_800_000_000_000;

export const link = (issuer: string, name: string, secret = SECRET): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(name)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;

/** A vault file in memory that keeps a copy, like a disk does, and fails on demand. */
export class MemoryVaultFile implements Adapter<VaultDocument> {
  content: string | null = null;
  isFull = false;
  writes = 0;

  read(): Promise<VaultDocument | null> {
    if (this.content === null) return Promise.resolve(null);
    const value: unknown = JSON.parse(this.content);
    return Promise.resolve(readVaultDocument(value));
  }

  write(document: VaultDocument): Promise<void> {
    if (this.isFull) {
      return Promise.reject(new TwofoldError('storage-failed', 'The disk is full.', { reason: 'disk-full' }));
    }
    this.content = JSON.stringify(document);
    this.writes += 1;
    return Promise.resolve();
  }
}

export class MemoryClipboard implements Clipboard {
  text = '';

  write(text: string): Promise<void> {
    this.text = text;
    return Promise.resolve();
  }

  clearIfHolds(text: string): Promise<void> {
    if (this.text === text) this.text = '';
    return Promise.resolve();
  }
}

export interface World {
  readonly authenticator: Authenticator;
  readonly transfer: Transfer;
  readonly clock: VirtualClock;
  readonly file: MemoryVaultFile;
  readonly clipboard: MemoryClipboard;
  /** The events emitted so far, by name. */
  readonly events: string[];
}

export interface WorldOptions {
  readonly file?: MemoryVaultFile;
  readonly clock?: VirtualClock;
  readonly hasClipboard?: boolean;
  readonly readPicture?: (picture: Uint8Array) => Promise<readonly string[]>;
  readonly openVault?: () => Promise<Vault>;
  readonly correctionMs?: () => number;
  readonly chooseExport?: ChooseExport;
  readonly requireProof?: (passphrase: string | null) => Promise<void>;
}

export function createWorld(options: WorldOptions = {}): World {
  const clock = options.clock ?? new VirtualClock(START_MS);
  const file = options.file ?? new MemoryVaultFile();
  const clipboard = new MemoryClipboard();
  const hub = new EventHub();
  const events: string[] = [];
  hub.subscribe((event) => events.push(event));
  const door = new VaultDoor(options.openVault ?? (() => Vault.open(file, clock.nowMs())));
  const authenticator = new Authenticator({
    door,
    clock,
    events: hub,
    correctionMs: options.correctionMs ?? (() => 0),
    ...(options.hasClipboard === false ? {} : { clipboard }),
  });
  const transfer = new Transfer({
    door,
    clock,
    events: hub,
    readPicture: options.readPicture ?? (() => Promise.resolve([])),
    portableAccounts: (ids) => authenticator.portableAccounts(ids),
    onReplaced: (ids) => authenticator.forgetCodes(ids),
    requireProof: options.requireProof ?? (() => Promise.resolve()),
    ...(options.chooseExport === undefined ? {} : { chooseExport: options.chooseExport }),
  });
  return { authenticator, transfer, clock, file, clipboard, events };
}

/** Reads the text and adds all that it holds. */
export async function addLinks(world: World, ...links: string[]) {
  const preview = await world.transfer.readText(null, links.join('\n'));
  const { added } = await world.transfer.add(
    preview.id,
    preview.candidates.map(({ id }) => ({ id, action: 'add' })),
  );
  return added;
}

/** Lets promises that are ready run, also those that follow from them. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
