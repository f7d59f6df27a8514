// The order of the test files: the longest first, so that no core waits for one that began last.
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Those that take longest, by what they do rather than by their size, which is all that vitest knows of them in a fresh
 * clone. What is not here comes after them, by vitest's own order.
 */
const longest = [
  'test/integration/console-kill.test.ts',
  'test/integration/authenticator-kill.test.ts',
  'test/integration/loopback-process.test.ts',
  'test/e2e/specs/accessibility.test.ts',
  'test/e2e/specs/daily-use.test.ts',
  'test/e2e/specs/lost-device.test.ts',
  'test/e2e/specs/desktop.test.ts',
  'test/e2e/specs/adding.test.ts',
  'test/e2e/specs/story.test.ts',
  'test/e2e/specs/users.test.ts',
  'test/e2e/specs/organization.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = longest.indexOf(relative(this.ctx.config.root, moduleId));
      return rank < 0 ? longest.length : rank;
    };
    return (await super.sort(files)).sort((one, other) => rankOf(one) - rankOf(other));
  }
}
