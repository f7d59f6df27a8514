// Builds main (desktop, loopback, command line), preload and renderer. Needs no Electron binary.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: 'src-main/index.ts',
          serve: 'src-main/serve.ts',
          cli: 'src-main/cli.ts',
          // A thread of its own; picture-reader.ts looks for it beside itself.
          'qr-worker': 'src-main/authenticator/qr/qr-worker.ts',
          // The same, for key-derivation.ts.
          'key-derivation-worker': 'src-main/authenticator/transfer/key-derivation-worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed window loads CommonJS alone, and says nothing when it is given anything else.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src-main/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      rolldownOptions: {
        // The second one is what a network host offers: the console alone.
        input: { index: 'src-renderer/index.html', console: 'src-renderer/console.html' },
      },
      assetsInlineLimit: 0,
    },
  },
});
