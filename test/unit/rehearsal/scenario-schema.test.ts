// For whoever writes scenarios by hand: the schema in docs is the one by which files are read.
import { expect, test } from 'vitest';
import { scenarioSchemaText } from '../../../src-main/rehearsal/scenario-schema.ts';

test('issue 5: docs/scenario.schema.json is what is generated now', async () => {
  await expect(scenarioSchemaText()).toMatchFileSnapshot('../../../docs/scenario.schema.json');
});
