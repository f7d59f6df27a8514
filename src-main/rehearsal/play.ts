// A scenario being played in its world, step by step, with whatever is done by hand between the steps.
import {
  type Action,
  type Expectation,
  type ExpectationCheck,
  Failure,
  type Policy,
  type Scenario,
  type ScenarioStep,
  type TranscriptLine,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import { AuditEntry } from '../console/records.ts';
import { actionWords } from './action-words.ts';
import { perform, type Refused, refusedBy } from './actions/perform.ts';
import { callWords } from './call-words.ts';
import { judge } from './judge.ts';
import { type NameOf, namesOf } from './names-of.ts';
import { recordedAction } from './recorded-action.ts';
import { setStage, type StageOptions } from './stage.ts';
import { viewOf, type WorldView } from './view.ts';
import type { Call, World } from './world.ts';
import { InTurn } from '../queue/in-turn.ts';

/** Something that was done, by the scenario or by hand. */
export interface Played {
  readonly action: Action;
  /** The step of the scenario, from 0; null: by hand. */
  readonly step: number | null;
  readonly sentence: string;
  /** By the verifier's clock, when it was over. */
  readonly atMs: number;
  readonly refused: Refused | null;
  /** Of steps of the scenario alone. */
  readonly checks: readonly ExpectationCheck[];
  readonly view: WorldView;
}

export interface PlayOptions extends Omit<StageOptions, 'cast' | 'seed'> {
  readonly scenario: Scenario;
}

/** As many lines as a transcript keeps; the oldest go. */
const MAX_LINES = 2_000;

export class Play {
  readonly scenario: Scenario;
  readonly world: World;
  readonly lines: TranscriptLine[] = [];
  readonly played: Played[] = [];
  readonly policy: Policy;
  /** How its sentences call people. */
  readonly nameOf: NameOf;
  /** What was done by hand and no action stands for, as sentences. */
  readonly unrecorded: string[] = [];
  /** Told of each line and of each thing done. */
  onChanged: () => void = () => undefined;
  #lineCount = 0;
  /** Of the last line, and how often it was said: what a step does many times at once stands there once. */
  #said = '';
  #times = 0;
  #next = 0;
  /** What is being done by `#do`; null: calls come from a page in the world. */
  #doing: { readonly step: number | null } | null = null;
  readonly #queue = new InTurn();

  private constructor(scenario: Scenario, world: World, policy: Policy) {
    this.scenario = scenario;
    this.world = world;
    this.policy = policy;
    this.nameOf = namesOf(scenario.cast);
    world.onCall = (call) => this.#onCall(call);
    world.onHappening = (actor, text) => this.#tell(actor, text);
  }

  /** Sets the scene; nothing of the story has happened. Throws TwofoldError `invalid-input` for a cast that cannot be. */
  static async begin({ scenario, ...options }: PlayOptions): Promise<Play> {
    const world = await setStage({ ...options, cast: scenario.cast, seed: scenario.name });
    return new Play(scenario, world, await world.policy());
  }

  /** The step that comes next, from 0; the number of steps when all were played. */
  get next(): number {
    return this.#next;
  }

  /** Plays the next step. Throws TwofoldError `conflict` when there is none. */
  step(): Promise<void> {
    return this.#queue.run(async () => {
      if (!(await this.#step())) {
        throw new TwofoldError(
          'conflict',
          'Every step of the scenario was played. Start over to see it again.',
        );
      }
    });
  }

  /** Plays all steps that are left. */
  finish(): Promise<void> {
    return this.#queue.run(async () => {
      while (await this.#step());
    });
  }

  /** Does something that the scenario does not say. Answers how it was refused, or null. */
  act(action: Action): Promise<Refused | null> {
    return this.#queue.run(() => this.#do(action, null, null));
  }

  /** Waits for what is under way, so that what was done by hand is written down. */
  settled(): Promise<void> {
    return this.#queue.run(() => Promise.resolve());
  }

  /** Waits for what is under way and ends the world. */
  dispose(): Promise<void> {
    return this.#queue.run(() => this.world.dispose());
  }

  async #step(): Promise<boolean> {
    const index = this.#next;
    const step: ScenarioStep | undefined = this.scenario.steps[index];
    if (step === undefined) return false;
    this.#next += 1;
    await this.#do(step, index, step.expect ?? {});
    return true;
  }

  async #do(action: Action, step: number | null, expectation: Expectation | null): Promise<Refused | null> {
    const { world } = this;
    const before = await auditEnd(world);
    this.#doing = { step };
    let refused: Refused | null;
    try {
      refused = await perform(world, action);
      // The world itself said nothing: no call was made, or none that is told.
      if (refused?.code === 'not-possible')
        this.#tell(null, `${actionWords(action, this.nameOf)}: not possible. ${refused.message}`);
    } finally {
      this.#doing = null;
    }
    // Looked at first: a session that is over is noticed, and written into the audit, by the page that looks.
    const view = await viewOf(world);
    const events = await auditSince(world, before);
    const checks =
      expectation === null ? [] : await judge(world, expectation, { refused, events }, this.nameOf);
    this.#note({ action, step, refused, checks, view });
    return refused;
  }

  #note(what: Omit<Played, 'sentence' | 'atMs'>): void {
    const sentence = actionWords(what.action, this.nameOf);
    this.played.push({ ...what, sentence, atMs: what.view.nowMs });
    this.onChanged();
  }

  /** A call of a page in the world, made by hand, or of a step. */
  #onCall(call: Call): void {
    const text = callWords(call, this.nameOf);
    if (text === null) return;
    this.#tell(call.actor, text);
    if (this.#doing !== null) return;
    const recording = recordedAction(this.world, call);
    void this.#queue.run(async () => {
      const action = await recording;
      if (action === null) this.unrecorded.push(`${call.actor}: ${text}`);
      else {
        const view = await viewOf(this.world);
        this.#note({ action, step: null, refused: refusalOf(call.envelope), checks: [], view });
      }
    });
  }

  #tell(actor: string | null, text: string): void {
    const atMs = this.world.verifier.nowMs();
    const step = this.#doing?.step ?? null;
    const last = this.lines.at(-1);
    const isAgain =
      step !== null &&
      last?.step === step &&
      last.actor === actor &&
      last.atMs === atMs &&
      this.#said === text;
    this.#said = text;
    this.#times = isAgain ? this.#times + 1 : 1;
    if (isAgain) {
      this.lines.splice(-1, 1, { ...last, text: `${text} (${this.#times} times)` });
      this.onChanged();
      return;
    }
    this.#lineCount += 1;
    this.lines.push({ id: this.#lineCount, atMs, actor, text, step });
    if (this.lines.length > MAX_LINES) this.lines.shift();
    this.onChanged();
  }
}

const refusalOf = (envelope: Call['envelope']): Refused | null =>
  envelope.ok ? null : refusedBy(Failure.parse(envelope.error));

const auditEnd = (world: World): Promise<number> =>
  world.look(async ({ tx }) => (await tx.auditNumbers()).last);

/** The events after that record, oldest first. */
async function auditSince(world: World, sequence: number): Promise<string[]> {
  const records = await world.look(async ({ tx }) =>
    tx.auditBetween(sequence + 1, (await tx.auditNumbers()).last),
  );
  return records.map((record) => AuditEntry.parse(record).event);
}
