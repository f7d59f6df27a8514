// Stands for the electron module in tests of everything that must be free of it.
throw new Error('This module must not import electron: only hosts/desktop, index.ts and preload.ts may.');
