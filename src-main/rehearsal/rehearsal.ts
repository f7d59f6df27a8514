// The rehearsal room: at most one world at a time, the scenario played in it, and the shelf of scenarios.
import {
  type Action,
  type Envelope,
  type Output,
  type ReportFormat,
  type SavedFile,
  type ScenarioSummary,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import { decodeWire, encodeWire } from '../../src-shared/wire.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventHub } from '../ipc/events.ts';
import type { RouterOptions } from '../ipc/router.ts';
import { ownScenario } from './own-scenario.ts';
import { Play } from './play.ts';
import { readScenario, writeScenario } from './read-scenario.ts';
import { playedScenario } from './report/rehearsal-run.ts';
import { writeReport } from './report/write-report.ts';
import { roomState } from './room-state.ts';
import type { ScenarioShelf } from './scenario-shelf.ts';
import { InTurn } from '../queue/in-turn.ts';

export interface RehearsalOptions {
  readonly shelf: ScenarioShelf;
  /** Paces a world that runs. */
  readonly clock: Clock;
  /** The real windows hear through it of the room and of what happens inside the world. */
  readonly events: EventHub;
  readonly version: string;
  readonly onFault: RouterOptions['onFault'];
}

type Room = Output<'rehearsal:world'>;

export class Rehearsal {
  readonly #options: RehearsalOptions;
  #open: { readonly id: number; readonly play: Play } | null = null;
  #worlds = 0;
  readonly #queue = new InTurn();

  constructor(options: RehearsalOptions) {
    this.#options = options;
  }

  scenarios(): ScenarioSummary[] {
    return this.#options.shelf.list();
  }

  async room(): Promise<Room> {
    if (this.#open === null) return { world: null };
    const { id, play } = this.#open;
    return { world: await roomState(play, id, this.#options.shelf.isOwn(play.scenario.name)) };
  }

  /** Opens a new world in place of the one before. Throws `not-found`, or `invalid-input` for a cast that cannot be. */
  open(name: string): Promise<Room> {
    return this.#queue.run(async () => {
      const { shelf, clock, version, onFault } = this.#options;
      const scenario = shelf.scenario(name);
      const id = this.#worlds + 1;
      const play = await Play.begin({
        scenario,
        policy: {},
        realClock: clock,
        version,
        onFault,
        onEvent: (actor, event, payload) => this.#hear(id, actor, event, payload),
      });
      await this.#end();
      this.#worlds = id;
      this.#open = { id, play };
      play.onChanged = () => this.#changed();
      return this.#answer();
    });
  }

  close(): Promise<Room> {
    return this.#queue.run(async () => {
      await this.#end();
      return this.#answer();
    });
  }

  /** Throws `conflict` when there is no step left, or no world. */
  step(): Promise<Room> {
    return this.#queue.run(async () => {
      await this.#play().step();
      return this.#answer();
    });
  }

  finish(): Promise<Room> {
    return this.#queue.run(async () => {
      await this.#play().finish();
      return this.#answer();
    });
  }

  act(action: Action): Promise<Output<'rehearsal:act'>> {
    return this.#queue.run(async () => {
      const refused = await this.#play().act(action);
      return { ...(await this.#answer()), refusal: refused?.message ?? null };
    });
  }

  run(isRunning: boolean): Promise<Room> {
    return this.#queue.run(() => {
      const { time } = this.#play().world;
      if (isRunning) time.run();
      else time.pause();
      return this.#answer();
    });
  }

  /** Answers the wire text of the envelope. Throws `conflict` for a world that is over. */
  async call({ worldId, actor, method, input }: WorldCall): Promise<string> {
    if (this.#open?.id !== worldId) throw noWorld();
    return encodeWire(await this.#envelope(actor, method, decodeWire(input)));
  }

  /** Throws `conflict` before anything was played. */
  async report(format: ReportFormat): Promise<SavedFile> {
    const play = this.#play();
    await play.settled();
    if (play.played.length === 0) {
      throw new TwofoldError(
        'conflict',
        'Nothing was played yet. Play a step first, and then save a report.',
      );
    }
    return writeReport(format, {
      version: this.#options.version,
      policy: play.policy,
      ranAtMs: this.#options.clock.nowMs(),
      scenarios: [playedScenario(play, null)],
    });
  }

  /** Keeps what was done so far as a scenario. Throws `conflict` where that is nothing, or too much. */
  async saveOwn(title: string): Promise<Output<'rehearsal:saveOwn'>> {
    const { shelf } = this.#options;
    const play = this.#play();
    await play.settled();
    const scenario = await shelf.add(ownScenario(play, title, shelf.freeName(title)));
    this.#changed();
    return { scenario, leftOut: [...play.unrecorded] };
  }

  /** Throws `not-found`. */
  exportScenario(name: string): SavedFile {
    return {
      fileName: `${name}.scenario.json`,
      mediaType: 'application/json',
      content: new TextEncoder().encode(writeScenario(this.#options.shelf.scenario(name))),
    };
  }

  /** Throws `invalid-input` and `already-exists`. */
  async importScenario(content: string): Promise<ScenarioSummary> {
    const added = await this.#options.shelf.add(readScenario(content));
    this.#changed();
    return added;
  }

  /** Throws `not-found`. */
  async deleteScenario(name: string): Promise<void> {
    await this.#options.shelf.remove(name);
    this.#changed();
  }

  /** Ends the world. */
  async dispose(): Promise<void> {
    await this.#queue.run(() => this.#end());
  }

  async #envelope(actor: string, method: string, input: unknown): Promise<Envelope<unknown>> {
    try {
      return await this.#play().world.call(actor, method, input);
    } catch (error) {
      if (!(error instanceof TwofoldError)) throw error;
      const { code, message, details } = error;
      return { ok: false, error: details === undefined ? { code, message } : { code, message, details } };
    }
  }

  #play(): Play {
    if (this.#open === null) throw noWorld();
    return this.#open.play;
  }

  async #end(): Promise<void> {
    const play = this.#open?.play;
    this.#open = null;
    await play?.dispose();
  }

  async #answer(): Promise<Room> {
    this.#changed();
    return this.room();
  }

  #changed(): void {
    this.#options.events.emit('rehearsal:changed', {});
  }

  #hear(worldId: number, actor: string | null, event: string, payload: unknown): void {
    if (this.#open?.id !== worldId) return;
    this.#options.events.emit('rehearsal:event', { worldId, actor, event, payload });
  }
}

interface WorldCall {
  readonly worldId: number;
  readonly actor: string;
  readonly method: string;
  readonly input: string;
}

const noWorld = (): TwofoldError =>
  new TwofoldError('conflict', 'This rehearsal is over. Open a scenario to begin another one.');
