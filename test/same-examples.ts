// Property tests try the same examples in every run, so that a run fails for what was changed and nothing else.
// TWOFOLD_TEST_SEED=12345 tries others, and TWOFOLD_TEST_SEED=random others each time.
import fc from 'fast-check';

const seed = process.env['TWOFOLD_TEST_SEED'] ?? '20240229';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
