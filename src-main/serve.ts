// Loopback entry: composes the system's ports and runs the host until it is told to end, and nothing else.
import { runInThisProcess } from './hosts/command-line/system-surroundings.ts';

await runInThisProcess(['serve', ...process.argv.slice(2)], import.meta.dirname);
