// What happens to devices, and what their owners do with them.
import { DEVICE_PASSPHRASE } from '../actors/rehearsed-device.ts';
import type { World } from '../world.ts';
import { requireShowable } from '../world-time.ts';
import type { ActionsOf } from './actions-of.ts';
import { sheetOnScreen } from './browser-actions.ts';
import { codesOn, requireAtHand } from './codes.ts';
import { NotPossible } from './not-possible.ts';

const SECOND_MS = 1000;

/** Adds the account of an otpauth link, by the way that every link takes. */
async function addLink(world: World, device: string, link: string): Promise<void> {
  const preview = await world.read(device, 'transfer:readText', { previewId: null, text: link });
  const [candidate] = preview.candidates;
  if (candidate === undefined) {
    throw new NotPossible(`${device} finds nothing to add: ${preview.leftOut[0]?.reason ?? 'no account'}`);
  }
  const action = candidate.status === 'already-there' ? 'replace' : 'add';
  await world.ask(device, 'transfer:add', { previewId: preview.id, choices: [{ id: candidate.id, action }] });
}

export const deviceActions: ActionsOf<
  | 'get-device'
  | 'lose-device'
  | 'find-device'
  | 'lock-device'
  | 'unlock-device'
  | 'scan'
  | 'type-secret'
  | 'note-code'
  | 'set-device-clock'
> = {
  async 'get-device'(world, { device }) {
    await world.addDevice(device);
    world.onHappening(device, 'is new and holds no account');
  },
  'lose-device'(world, { device }) {
    const lost = world.device(device);
    if (lost.lostAtMs !== null) throw new NotPossible(`${device} is lost already.`);
    lost.lostAtMs = world.time.clock.nowMs();
    world.onHappening(device, 'is lost');
    return Promise.resolve();
  },
  'find-device'(world, { device }) {
    const found = world.device(device);
    if (found.lostAtMs === null) throw new NotPossible(`${device} is not lost.`);
    found.lostAtMs = null;
    world.onHappening(device, 'is found again');
    return Promise.resolve();
  },
  async 'lock-device'(world, { device }) {
    requireAtHand(world, device);
    await world.ask(device, 'app:lock', {});
  },
  async 'unlock-device'(world, { device }) {
    if (world.device(device).lostAtMs !== null) throw new NotPossible(`${device} is lost.`);
    await world.ask(device, 'app:enterPassphrase', { passphrase: DEVICE_PASSPHRASE });
  },
  async scan(world, { device, browser }) {
    requireAtHand(world, device);
    const { uri } = await sheetOnScreen(world, browser);
    await addLink(world, device, uri);
  },
  async 'type-secret'(world, { device, sheet }) {
    requireAtHand(world, device);
    const { secret } = world.sheet(sheet);
    if (secret === null) throw new NotPossible(`“${sheet}” holds no secret to type in.`);
    const { digits, periodS, algorithm } = await world.policy();
    await world.ask(device, 'authenticator:addManually', {
      type: 'totp',
      issuer: secret.issuer,
      name: secret.accountName,
      secret: secret.text,
      algorithm,
      digits,
      periodS,
      counter: 0,
    });
  },
  async 'note-code'(world, { device }) {
    world.notedCode = (await codesOn(world, device, null)).code;
    world.onHappening(device, 'its code is noted');
  },
  async 'set-device-clock'(world, { device, aheadSeconds }) {
    requireShowable(world.time.clock.nowMs() + aheadSeconds * SECOND_MS);
    await world.device(device).setAhead(aheadSeconds * SECOND_MS);
    world.onHappening(device, `its clock is set ${offWords(aheadSeconds)}`);
  },
};

/** 90 → '90 s ahead', 0 → 'right'. */
export const offWords = (aheadSeconds: number): string =>
  aheadSeconds === 0 ? 'right' : `${Math.abs(aheadSeconds)} s ${aheadSeconds > 0 ? 'ahead' : 'behind'}`;
