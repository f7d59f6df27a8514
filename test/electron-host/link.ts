// Questions and answers between the stand-in (a child process) and the window server (its parent), over Node's IPC channel.
import { z } from 'zod';

export interface Endpoint {
  send(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}

/** Answers questions of the other side, by name. What they throw reaches whoever asked. */
export type Answers = Readonly<Record<string, (body: unknown) => unknown>>;

export interface Link {
  ask(name: string, body?: unknown): Promise<unknown>;
  /** Every question under way, and every later one, fails with this reason. */
  end(reason: string): void;
}

const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('question'), id: z.number(), name: z.string(), body: z.unknown() }),
  z.object({ kind: z.literal('answer'), id: z.number(), value: z.unknown() }),
  z.object({ kind: z.literal('failure'), id: z.number(), reason: z.string() }),
]);

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export function openLink(endpoint: Endpoint, answers: Answers): Link {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: string | null = null;

  const answer = async (id: number, name: string, body: unknown): Promise<void> => {
    try {
      const answerer = answers[name];
      if (answerer === undefined) throw new Error(`Nobody answers ${name}.`);
      endpoint.send({ kind: 'answer', id, value: await answerer(body) });
    } catch (error) {
      endpoint.send({ kind: 'failure', id, reason: error instanceof Error ? error.message : String(error) });
    }
  };

  endpoint.listen((raw) => {
    const message = Message.parse(raw);
    if (message.kind === 'question') {
      void answer(message.id, message.name, message.body);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') asked?.resolve(message.value);
    else asked?.reject(new Error(message.reason));
  });

  return {
    ask: (name, body) =>
      new Promise((resolve, reject) => {
        if (ended !== null) {
          reject(new Error(ended));
          return;
        }
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        endpoint.send({ kind: 'question', id: lastId, name, body });
      }),
    end(reason) {
      ended = reason;
      for (const { reject } of waiting.values()) reject(new Error(reason));
      waiting.clear();
    },
  };
}
