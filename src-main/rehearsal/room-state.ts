// The play as the room shows it: the contract's RehearsedWorld, made anew at each question.
import type { PlannedStep, RehearsedWorld } from '../../src-shared/contract/index.ts';
import { actionWords } from './action-words.ts';
import { DEVICE_PASSPHRASE } from './actors/rehearsed-device.ts';
import { expectationWords } from './judge.ts';
import type { Play } from './play.ts';
import { summaryOf } from './scenario-shelf.ts';
import { browserFacts, deviceFacts } from './view.ts';

/** Every step of the scenario, with what became of those that were played. */
function planOf({ scenario, played, nameOf }: Play): PlannedStep[] {
  return scenario.steps.map((step, index) => {
    const done = played.find((one) => one.step === index);
    return {
      sentence: actionWords(step, nameOf),
      expected: expectationWords(step.expect ?? {}, nameOf),
      state:
        done === undefined ? 'to-come' : done.checks.every(({ isMet }) => isMet) ? 'as-expected' : 'differs',
      checks: [...(done?.checks ?? [])],
    };
  });
}

/** `id` and `isOwn` are the room's. */
export async function roomState(play: Play, id: number, isOwn: boolean): Promise<RehearsedWorld> {
  const { world, scenario } = play;
  const browsers = await Promise.all([...world.browsers.keys()].map((name) => browserFacts(world, name)));
  const devices = await Promise.all([...world.devices.keys()].map((name) => deviceFacts(world, name)));
  return {
    id,
    organization: world.options.organization,
    zone: world.options.zone,
    isRunning: world.time.isRunning,
    verifierAheadMs: world.verifier.aheadMs,
    periodS: (await world.policy()).periodS,
    passphrase: DEVICE_PASSPHRASE,
    people: [...world.people],
    browsers,
    devices,
    sheets: [...world.sheets.values()].map(({ name, kind, userName, lines }) => ({
      name,
      kind,
      userName,
      lines,
    })),
    transcript: [...play.lines],
    scenario: { ...summaryOf(scenario, isOwn), plan: planOf(play) },
    next: play.next,
    // Last, after all that takes time.
    nowMs: world.verifier.nowMs(),
  };
}
