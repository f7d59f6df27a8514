// The scenarios that the user has made or imported: a document of their own in the folder of data, apart from any world.
import { type Adapter, Low } from 'lowdb';
import { z } from 'zod';
import { Scenario, type ScenarioSummary, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Clock } from '../clock/clock.ts';
import type { RecoveryEvent } from '../storage/durable-file.ts';
import { jsonFile } from '../storage/json-file.ts';
import { scenarios as builtIn } from './scenarios.ts';
import { InTurn } from '../queue/in-turn.ts';

const MAX_OWN = 200;

export const OwnScenariosDocument = z.strictObject({ scenarios: z.array(Scenario).max(MAX_OWN) });
export type OwnScenariosDocument = z.infer<typeof OwnScenariosDocument>;

/** The document as a durable file at that path. */
export const ownScenariosFile = (
  path: string,
  clock: Clock,
  onRecovered: (event: RecoveryEvent) => void,
): Adapter<OwnScenariosDocument> => jsonFile({ path, schema: OwnScenariosDocument, clock, onRecovered });

export const summaryOf = (scenario: Scenario, isOwn: boolean): ScenarioSummary => ({
  name: scenario.name,
  title: scenario.title,
  cases: scenario.cases,
  story: scenario.story,
  steps: scenario.steps.length,
  isOwn,
});

/** 'Lost in a taxi' → 'lost-in-a-taxi'. Never empty. */
const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/gu, '') || 'scenario';

export class ScenarioShelf {
  readonly #low: Low<OwnScenariosDocument>;
  readonly #queue = new InTurn();

  private constructor(low: Low<OwnScenariosDocument>) {
    this.#low = low;
  }

  /** Throws what the adapter throws, for instance TwofoldError `storage-failed`. */
  static async open(adapter: Adapter<OwnScenariosDocument>): Promise<ScenarioShelf> {
    const low = new Low<OwnScenariosDocument>(adapter, { scenarios: [] });
    await low.read();
    return new ScenarioShelf(low);
  }

  /** All there are: those that come with Twofold, then the user's own by title. */
  list(): ScenarioSummary[] {
    const own = this.#low.data.scenarios.toSorted((a, b) => a.title.localeCompare(b.title));
    return [
      ...builtIn.map((scenario) => summaryOf(scenario, false)),
      ...own.map((scenario) => summaryOf(scenario, true)),
    ];
  }

  /** Throws TwofoldError `not-found`. */
  scenario(name: string): Scenario {
    const found = [...builtIn, ...this.#low.data.scenarios].find((scenario) => scenario.name === name);
    if (found === undefined) throw notFound(name);
    return found;
  }

  isOwn(name: string): boolean {
    return this.#low.data.scenarios.some((scenario) => scenario.name === name);
  }

  /** A name for a scenario of that title that no other has. */
  freeName(title: string): string {
    const slug = slugOf(title);
    const taken = new Set(this.list().map(({ name }) => name));
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? slug : `${slug}-${count}`;
      if (!taken.has(name)) return name;
    }
  }

  /** Keeps one more. Throws TwofoldError `already-exists`, `conflict` when there are too many, `storage-failed`. */
  add(scenario: Scenario): Promise<ScenarioSummary> {
    return this.#change((present) => {
      if ([...builtIn, ...present].some(({ name }) => name === scenario.name)) {
        throw new TwofoldError(
          'already-exists',
          `There is a scenario “${scenario.name}” already. Nothing was saved; delete that one, or give this one another name in its file.`,
        );
      }
      if (present.length >= MAX_OWN) {
        throw new TwofoldError(
          'conflict',
          `There are ${MAX_OWN} own scenarios, and no room for more. Nothing was saved; delete some first.`,
        );
      }
      return [...present, scenario];
    }).then(() => summaryOf(scenario, true));
  }

  /** Throws TwofoldError `not-found` for what is no own scenario. */
  remove(name: string): Promise<void> {
    return this.#change((present) => {
      if (!present.some((scenario) => scenario.name === name)) throw notFound(name);
      return present.filter((scenario) => scenario.name !== name);
    });
  }

  /** Durable when it resolves; nothing has changed when it throws. Changes run one after another. */
  #change(next: (present: readonly Scenario[]) => Scenario[]): Promise<void> {
    return this.#queue.run(async () => {
      const before = this.#low.data;
      this.#low.data = { scenarios: next(before.scenarios) };
      try {
        await this.#low.write();
      } catch (error) {
        this.#low.data = before;
        throw error;
      }
    });
  }
}

const notFound = (name: string): TwofoldError =>
  new TwofoldError('not-found', `There is no scenario “${name}” of your own. Look at the list again.`);
