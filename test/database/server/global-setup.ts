// One PostgreSQL server for all tests of the project `database`.
import type { TestProject } from 'vitest/node';
import { startDatabaseServer } from './database-server.ts';

/** Starts it and answers how to stop it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { port, sockets, folder, pid, stop } = await startDatabaseServer();
  project.provide('databaseServer', { port, sockets, folder, pid });
  return stop;
}

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer?: { port: number; sockets: string; folder: string; pid: number };
  }
}
