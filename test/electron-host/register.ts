// Loaded before the compiled main: makes `electron` the stand-in, and ends this process with its parent.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

// The app is given to Electron's own executable as a parameter.
Reflect.set(process, 'defaultApp', true);
process.on('disconnect', () => process.exit(0));
