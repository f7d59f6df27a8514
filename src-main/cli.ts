#!/usr/bin/env node
// Command-line entry: hands the arguments to the command line, and nothing else.
import { runInThisProcess } from './hosts/command-line/system-surroundings.ts';

await runInThisProcess(process.argv.slice(2), import.meta.dirname);
