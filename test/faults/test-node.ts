// Starts node-program.ts and speaks to it: calls of browsers, its clock, and checks.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { Envelope } from './envelope.ts';

export const node = join(import.meta.dirname, '../../node_modules/.bin/node');

const Message = z.object({ id: z.number(), answer: z.unknown().optional(), error: z.string().optional() });
const CallAnswer = z.object({
  envelope: Envelope,
  slots: z.record(z.string(), z.string()),
  faults: z.array(z.string()),
});
export type CallEnvelope = z.infer<typeof Envelope>;

/** What one browser holds; it may be used at any node. */
export class Browser {
  readonly name: string;
  slots: Readonly<Record<string, string>> = {};

  constructor(name: string) {
    this.name = name;
  }
}

export interface NodePlace {
  readonly host: string;
  readonly port: number;
  readonly others: readonly { readonly host: string; readonly port: number }[];
  readonly database: string;
  readonly nowMs: number;
}

export class TestNode {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<
    number,
    { resolve: (answer: unknown) => void; reject: (error: Error) => void }
  >();
  #next = 1;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves when it takes orders. */
  static async start(place: NodePlace): Promise<TestNode> {
    const child = fork(join(import.meta.dirname, 'node-program.ts'), [JSON.stringify(place)], {
      execPath: node,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const started = new TestNode(child);
    await new Promise<unknown>((resolve, reject) => {
      started.#waiting.set(0, { resolve, reject });
      child.on('message', (message) => started.#hear(message));
      child.once('exit', () => started.#end());
    });
    return started;
  }

  #hear(message: unknown): void {
    const { id, answer, error } = Message.parse(message);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }

  #end(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('The node has ended.'));
    this.#waiting.clear();
  }

  #order(order: object): Promise<unknown> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ ...order, id });
    });
  }

  /** A call; the browser holds afterwards what it was given. A fault of the program's own fails the test. */
  async call(method: string, input: unknown, browser: Browser): Promise<CallEnvelope> {
    const { name, slots: before } = browser;
    const answer = CallAnswer.parse(
      await this.#order({ kind: 'call', method, input, browser: name, slots: before }),
    );
    if (answer.faults.length > 0) throw new Error(answer.faults.join('\n'));
    browser.slots = answer.slots;
    return answer.envelope;
  }

  /** A call that must succeed. */
  async value(method: string, input: unknown, browser: Browser): Promise<unknown> {
    const envelope = await this.call(method, input, browser);
    if (!envelope.ok) throw new Error(`${method}: ${envelope.error.code}: ${envelope.error.message}`);
    return envelope.value;
  }

  async setClock(nowMs: number): Promise<void> {
    await this.#order({ kind: 'set-clock', nowMs });
  }

  verify(): Promise<unknown> {
    return this.#order({ kind: 'verify' });
  }

  anchor(): Promise<unknown> {
    return this.#order({ kind: 'anchor' });
  }

  /** Sees whether the node's key fits, and takes the new one of a rotation up. */
  lookAfterKey(): Promise<unknown> {
    return this.#order({ kind: 'look-after-key' });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill('SIGKILL');
    await ended;
  }
}
