// The JSON schema of scenario files, for editors and for whoever writes one by hand. docs/scenario.schema.json is this.
import { z } from 'zod';
import { Scenario } from '../../src-shared/contract/index.ts';

/** The text of the schema. Names that stand in several places must agree too, which a schema cannot say. */
export const scenarioSchemaText = (): string =>
  `${JSON.stringify({ title: 'A scenario of Twofold', ...z.toJSONSchema(Scenario, { io: 'input', reused: 'ref' }) }, undefined, 2)}\n`;
