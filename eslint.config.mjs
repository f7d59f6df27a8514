// Lint settings. Besides the usual rules they prove the architecture: which folder may import which environment.
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const nodeModules = ['node:*', 'fs', 'path', 'crypto', 'os', 'http', 'https', 'dgram', 'child_process', 'worker_threads'];

/** Forbids imports by pattern, with the reason shown to whoever tries. */
const forbid = (group, message) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ group, message }] }],
});

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', 'test-results/', 'coverage/'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src-shared/**/*.ts'],
    rules: forbid(
      ['electron', ...nodeModules, 'react', 'react-dom', '**/src-main/**', '**/src-renderer/**'],
      'src-shared imports neither node, DOM nor electron: it runs in every process.',
    ),
    languageOptions: { globals: {} },
  },
  {
    files: ['src-main/**/*.ts'],
    ignores: ['src-main/hosts/desktop/**', 'src-main/index.ts', 'src-main/preload.ts'],
    rules: {
      ...forbid(
        ['electron', '**/src-renderer/**'],
        'Only hosts/desktop, index.ts and preload.ts import electron, so that all else runs and is tested without it.',
      ),
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes from the Clock port (time/clock.ts), so that it can be virtual.' },
      ],
    },
  },
  { files: ['src-main/clock/system-clock.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['src-main/hosts/command-line/**', 'src-main/cli.ts', 'src-main/serve.ts', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src-renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      ...forbid(
        ['electron', ...nodeModules, '**/src-main/**'],
        'The renderer reaches main through bridge/ alone.',
      ),
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The time is that of bridge/window-clock.ts: in a frame of the rehearsal it is another one.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The time is that of bridge/window-clock.ts: in a frame of the rehearsal it is another one.',
        },
      ],
    },
  },
  { files: ['src-renderer/bridge/window-clock.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
);
