// The entry of the page that a network host offers to other people's browsers: the console and nothing else.
import { z } from 'zod';

// Before any schema is built: zod would otherwise try `new Function`, which the content security policy reports.
z.config({ jitless: true });

const { startConsole } = await import('./app/start-console.tsx');
startConsole();

export {};
