// The world as it looks at one moment: for the room, and for the pictures of reports.
import type {
  ConsoleStep,
  RehearsedBrowser as BrowserFacts,
  RehearsedDevice as DeviceFacts,
} from '../../src-shared/contract/index.ts';
import { type CodeOnScreen, codesOnScreen } from './actions/codes.ts';
import { screenOf, trustsIn } from './judge.ts';
import type { World } from './world.ts';

export interface SeenBrowser extends BrowserFacts {
  /** The person's name as the screen says it; null: nobody. */
  readonly displayName: string | null;
}

export interface SeenDevice extends DeviceFacts {
  /** What it shows: none while it is lost or locked. */
  readonly codes: readonly CodeOnScreen[];
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
    devices.push({ ...(await deviceFacts(world, name)), codes: await codesOnScreen(world, name) });
  }
  return { nowMs: world.verifier.nowMs(), browsers, devices };
}
