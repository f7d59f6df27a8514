// Opens the keys of the vault for one command.
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import type { Terminal } from './command.ts';
import type { SecretSource } from './secret-source.ts';

const passphraseMissing = (why: string): TwofoldError =>
  new TwofoldError('key-needed', `${why} Enter it in a terminal, or give it with --passphrase-fd.`);

/** With a passphrase where they need one. Throws TwofoldError `key-needed`, `key-unavailable` or `not-found` (no vault). */
export async function openKeys(keys: KeyRing, passphrase: SecretSource): Promise<void> {
  const state = keys.state();
  if (state.kind === 'ready') return;
  if (state.kind === 'choose-passphrase') {
    throw new TwofoldError('not-found', 'There is no vault yet. Open Twofold and add an account first.');
  }
  if (state.kind !== 'enter-passphrase') throw new TwofoldError('key-unavailable', state.reason);
  const given = await passphrase();
  if (given === null) throw passphraseMissing('The vault is protected by a passphrase.');
  await keys.enterPassphrase(given);
}

/** The same, and at the first start without a keychain a passphrase is chosen, typed twice. */
export async function openOrMakeKeys(
  keys: KeyRing,
  passphrase: SecretSource,
  terminal: Terminal,
): Promise<void> {
  const state = keys.state();
  if (state.kind !== 'choose-passphrase') return openKeys(keys, passphrase);
  terminal.tell(
    `${state.reason} So a passphrase of yours will protect the vault. If you forget it, only a backup brings the accounts back.`,
  );
  const chosen = await passphrase('New passphrase: ');
  if (chosen === null) throw passphraseMissing('The vault needs a passphrase.');
  if ((await passphrase('The same again: ')) !== chosen) {
    throw new TwofoldError('passphrase-refused', 'The two were not the same. Nothing was made. Try again.');
  }
  await keys.choosePassphrase(chosen);
}
