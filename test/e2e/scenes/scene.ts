// What a scene is: one screen in one state, for pictures and for the check of accessibility.
import type { Page } from 'playwright-core';
import type { FakeAnswers, FakeHost } from '../../fakes/fake-host.ts';

export interface Scene {
  /** The name of its pictures: kebab-case, the room first. */
  readonly name: string;
  /** The address after `#/`, for instance `clock` or `console/users`. */
  readonly route: string;
  /** What the host answers. Runs in the browser. */
  readonly answers: FakeAnswers;
  /** Hands the host over, for events that its answers bring about. Runs in the browser. */
  readonly onHost?: (host: FakeHost) => void;
  /** What is done before the picture is taken. Runs in the test. */
  readonly act?: (page: Page) => Promise<void>;
  /** The host ends once the page is there. */
  readonly endsHost?: boolean;
}
