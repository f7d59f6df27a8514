// The world as it looks at one moment: for the room, and for the pictures of reports.
import type {
  ConsoleStep,
  RehearsedBrowser as BrowserFacts,
  RehearsedDevice as DeviceFacts,
} from '../../src-shared/contract/index.ts';
import { screenOf, trustsIn } from './judge.ts';
import type { World } from './world.ts';

export interface SeenBrowser extends BrowserFacts {
  /** The person's name as the screen says it; null: nobody. */
  readonly displayName: string | null;
}

export interface SeenDevice extends DeviceFacts {
  /** What it shows: none while it is lost or locked. */
  readonly codes: readonly { readonly issuer: string; readonly name: string; readonly code: string }[];
}

/** Everything that stands side by side in the room. */
export interface WorldView {
  /** By the verifier's clock. */
  readonly nowMs: number;
  readonly browsers: readonly SeenBrowser[];
  readonly devices: readonly SeenDevice[];
}

const hasQrCode = (step: ConsoleStep): boolean =>
  step.kind === 'set-up' ||
  step.kind === 'keep-secret' ||
  (step.kind === 'signed-in' && step.pendingReset !== null);

async function seenBrowser(world: World, name: string): Promise<SeenBrowser> {
  const step = await world.step(name);
  const person = 'person' in step ? step.person : null;
  return {
    name,
    screen: screenOf(step),
    userName: person?.userName ?? null,
    displayName: person?.displayName ?? null,
    trusted: await trustsIn(world, name),
    showsQrCode: hasQrCode(step),
  };
}

/** Of devices nobody asks for codes here: those of the lost and locked ones cannot be seen. */
async function codesOf(world: World, name: string): Promise<SeenDevice['codes']> {
  const device = world.device(name);
  if (device.lostAtMs !== null || device.isLocked) return [];
  const { accounts } = await world.read(name, 'authenticator:list', {});
  const { codes } = await world.read(name, 'authenticator:codes', {
    ids: accounts.slice(0, 500).map(({ id }) => id),
  });
  return codes.flatMap(({ id, code }) => {
    const account = accounts.find((one) => one.id === id);
    return account === undefined ? [] : [{ issuer: account.issuer, name: account.name, code }];
  });
}

/** A device without its codes. */
export async function deviceFacts(world: World, name: string): Promise<DeviceFacts> {
  const device = world.device(name);
  return {
    name,
    lostAtMs: device.lostAtMs === null ? null : device.lostAtMs + world.verifier.aheadMs,
    aheadMs: device.clock.aheadMs,
    isLocked: device.isLocked,
    accounts: await device.countAccounts(),
  };
}

/** A browser without the name of who is there. */
export async function browserFacts(world: World, name: string): Promise<BrowserFacts> {
  const { displayName: _displayName, ...facts } = await seenBrowser(world, name);
  return facts;
}

export async function viewOf(world: World): Promise<WorldView> {
  const browsers: SeenBrowser[] = [];
  for (const name of world.browsers.keys()) browsers.push(await seenBrowser(world, name));
  const devices: SeenDevice[] = [];
  for (const name of world.devices.keys()) {
    devices.push({ ...(await deviceFacts(world, name)), codes: await codesOf(world, name) });
  }
  return { nowMs: world.verifier.nowMs(), browsers, devices };
}
