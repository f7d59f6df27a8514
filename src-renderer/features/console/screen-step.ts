// Types of the console's steps, by kind.
import type { ConsoleStep } from '../../../src-shared/contract/index.ts';

export type StepOf<K extends ConsoleStep['kind']> = Extract<ConsoleStep, { kind: K }>;
