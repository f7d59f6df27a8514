// Runs before each end-to-end file.
import { afterEach } from 'vitest';
import { pictureFailure } from './drivers/failure-pictures.ts';

afterEach(({ task }) => pictureFailure(task));
