// A sealed world: the real console and real authenticators over memory, with clocks, browsers and devices of its own.
// Nothing here reaches the user's data: every service is built here, over stores that end with the world.
import type { ConsoleStep } from '../../src-shared/contract/index.ts';
import {
  type Envelope,
  Failure,
  type Input,
  type MethodName,
  methods,
  type Output,
  type Policy,
  type RehearsedPerson,
  type RehearsedSheet,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import { PictureReader } from '../authenticator/qr/picture-reader.ts';
import type { Clock } from '../clock/clock.ts';
import { nameKey, requireOrganization } from '../console/directory.ts';
import type { User } from '../console/records.ts';
import { type Visit, visit } from '../console/visit.ts';
import type { Listener } from '../ipc/events.ts';
import type { RouterOptions } from '../ipc/router.ts';
import { RehearsedBrowser } from './actors/rehearsed-browser.ts';
import { RehearsedDevice } from './actors/rehearsed-device.ts';
import type { OffsetClock } from './offset-clock.ts';
import { nobody } from './sealed-router.ts';
import { sealedConsole, type SealedConsole } from './sealed-console.ts';
import type { WorldTime } from './world-time.ts';

export interface WorldOptions {
  readonly organization: string;
  /** The right time of this world. */
  readonly time: WorldTime;
  readonly verifier: OffsetClock;
  /** For what cannot be simulated: the time that a picture may take. */
  readonly realClock: Clock;
  /** An IANA time zone, for clocks on screen. */
  readonly zone: string;
  readonly seed: string;
  readonly version: string;
  /** Hears the events of the world's services; actor null: of the console, for every browser. */
  readonly onEvent: (actor: string | null, ...event: Parameters<Listener>) => void;
  readonly onFault: RouterOptions['onFault'];
}

/** A paper that somebody keeps. The codes that were used are struck out. */
export interface Sheet extends RehearsedSheet {
  /** Of a kept secret: what stands in its QR code; with the mistake where it was copied with one. */
  readonly secret: { readonly issuer: string; readonly accountName: string; readonly text: string } | null;
  /** Recovery or break-glass codes that were not used. */
  readonly codes: readonly string[];
}

/** A call that was made and answered, by a page of the world or by a step of a scenario: told the same way. */
export interface Call {
  readonly actor: string;
  readonly method: string;
  readonly input: unknown;
  readonly envelope: Envelope<unknown>;
}

export class World {
  readonly options: WorldOptions;
  readonly people: RehearsedPerson[] = [];
  readonly browsers = new Map<string, RehearsedBrowser>();
  readonly devices = new Map<string, RehearsedDevice>();
  readonly sheets = new Map<string, Sheet>();
  /** The code that somebody has noted last. */
  notedCode: string | null = null;
  /** Told of each call, after it. */
  onCall: (call: Call) => void = () => undefined;
  /** Told of what happens without a call, as a clause after the actor's name; actor null: to the whole world. */
  onHappening: (actor: string | null, text: string) => void = () => undefined;
  readonly #console: SealedConsole;
  readonly #pictures: PictureReader;

  private constructor(options: WorldOptions, console: SealedConsole) {
    this.options = options;
    this.#console = console;
    this.#pictures = new PictureReader(options.realClock);
  }

  /** A world without an organization, people, browsers and devices. */
  static async create(options: WorldOptions): Promise<World> {
    return new World(options, await sealedConsole(options));
  }

  get time(): WorldTime {
    return this.options.time;
  }

  get verifier(): OffsetClock {
    return this.options.verifier;
  }

  addBrowser(name: string): RehearsedBrowser {
    this.#requireFree(name);
    const browser = new RehearsedBrowser(name, this.verifier);
    this.browsers.set(name, browser);
    return browser;
  }

  async addDevice(name: string, aheadMs = 0): Promise<RehearsedDevice> {
    this.#requireFree(name);
    const { version, time, onEvent, onFault } = this.options;
    const device = await RehearsedDevice.create({
      name,
      version,
      time: time.clock,
      aheadMs,
      pictures: this.#pictures,
      onEvent: (event, payload) => onEvent(name, event, payload),
      onFault,
    });
    this.devices.set(name, device);
    return device;
  }

  /** Throws TwofoldError `not-found`. */
  browser(name: string): RehearsedBrowser {
    const browser = this.browsers.get(name);
    if (browser === undefined) throw new TwofoldError('not-found', `There is no browser “${name}” here.`);
    return browser;
  }

  /** Throws TwofoldError `not-found`. */
  device(name: string): RehearsedDevice {
    const device = this.devices.get(name);
    if (device === undefined) throw new TwofoldError('not-found', `There is no device “${name}” here.`);
    return device;
  }

  /** Throws TwofoldError `not-found`. */
  sheet(name: string): Sheet {
    const sheet = this.sheets.get(name);
    if (sheet === undefined) throw new TwofoldError('not-found', `There is no sheet “${name}” here.`);
    return sheet;
  }

  /** Throws TwofoldError `not-found`. */
  person(userName: string): RehearsedPerson {
    const person = this.people.find((one) => nameKey(one.userName) === nameKey(userName));
    if (person === undefined) throw new TwofoldError('not-found', `Nobody here is called “${userName}”.`);
    return person;
  }

  /**
   * What a page in that browser or device calls, or a step on its behalf: handled by the world's own services, and told
   * to `onCall`. Throws TwofoldError `not-found` for an unknown actor, `conflict` for a lost device.
   */
  async call(actor: string, method: string, input: unknown): Promise<Envelope<unknown>> {
    this.time.follow();
    const envelope = await this.#route(actor)(method, input);
    this.onCall({ actor, method, input, envelope });
    return envelope;
  }

  /** As `call`, answering the value. Throws the failure as a TwofoldError. */
  async ask<M extends MethodName>(actor: string, method: M, input: Input<M>): Promise<Output<M>> {
    return valueOf(method, await this.call(actor, method, input));
  }

  /** As `ask` for what only looks: nobody is told. */
  async read<M extends MethodName>(actor: string, method: M, input: Input<M>): Promise<Output<M>> {
    this.time.follow();
    return valueOf(method, await this.#route(actor)(method, input));
  }

  /** What a browser shows. */
  step(browser: string): Promise<ConsoleStep> {
    return this.read(browser, 'console:step', {});
  }

  /** Looks into the console's records by the console's own rules; `browser` absent: as nobody. */
  look<T>(work: (visit: Visit) => Promise<T>, browser?: RehearsedBrowser): Promise<T> {
    this.time.follow();
    return visit(this.#console.context, browser ?? nobody, work);
  }

  /** Throws TwofoldError `not-found`. */
  async user({ tx }: Visit, userName: string): Promise<User> {
    const user = await tx.userByName(nameKey(userName));
    if (user === null) throw new TwofoldError('not-found', `Nobody here is called “${userName}”.`);
    return user;
  }

  policy(): Promise<Policy> {
    return this.look(async (visit) => (await requireOrganization(visit)).policy);
  }

  /** Ends its timers and wipes its keys. Nothing refers to it any more afterwards. */
  async dispose(): Promise<void> {
    this.time.dispose();
    this.onCall = () => undefined;
    this.onHappening = () => undefined;
    await Promise.all([...this.devices.values()].map((device) => device.dispose()));
    await this.#pictures.close();
    this.browsers.clear();
    this.devices.clear();
    this.sheets.clear();
  }

  #route(actor: string): (method: string, input: unknown) => Promise<Envelope<unknown>> {
    const device = this.devices.get(actor);
    if (device === undefined) {
      const browser = this.browser(actor);
      return (method, input) => this.#console.router(method, input, browser);
    }
    if (device.lostAtMs !== null) throw lost(device.name);
    return (method, input) => device.router(method, input, nobody);
  }

  #requireFree(name: string): void {
    if (!this.browsers.has(name) && !this.devices.has(name)) return;
    throw new TwofoldError('already-exists', `There is a “${name}” here already. Choose another name.`);
  }
}

const lost = (device: string): TwofoldError =>
  new TwofoldError('conflict', `${device} is lost: nobody can use it until it is found.`, { reason: 'lost' });

function valueOf<M extends MethodName>(method: M, envelope: Envelope<unknown>): Output<M> {
  if (!envelope.ok) {
    const { code, message, details } = Failure.parse(envelope.error);
    throw new TwofoldError(code, message, details);
  }
  const isOutput = (value: unknown): value is Output<M> => methods[method].output.safeParse(value).success;
  if (!isOutput(envelope.value)) throw new Error('The answer breaks the contract.');
  return envelope.value;
}
