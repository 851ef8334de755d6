import security from 'eslint-plugin-security';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/coverage/**', '**/generated/**', '.turbo/**', '.cache/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  security.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.js', '*.ts', '.*.cjs', 'scripts/*.mjs'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/require-await': 'off',
      // Every finding of this rule was an index into our own typed data; keys from outside go through Map or zod.
      'security/detect-object-injection': 'off',
      // Paths come from arguments and are the program's business; what comes from outside is checked where it is parsed.
      'security/detect-non-literal-fs-filename': 'off',
    },
  },
  {
    // The pure packages: the same inputs give the same answer, on any machine, at any time.
    files: ['packages/{policy,calendar,gates,ledger}/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing.ts', '**/testing/**', '**/*.fixture.ts'],
    rules: {
      'no-restricted-globals': ['error', ...['process', 'fetch', 'console', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'navigator', 'crypto', 'globalThis'].map((name) => ({ name, message: 'Pure packages touch no clock, environment, network or output: take it as a parameter.' }))],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is a parameter.' },
        { selector: "CallExpression[callee.name='Date']", message: 'The clock is a parameter.' },
        { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'The clock is a parameter.' },
        { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Randomness is a parameter.' },
        { selector: "MemberExpression[object.name='DateTime'][property.name=/^(now|local|utc)$/]", message: 'These depend on the clock or the machine; see packages/calendar/README.md.' },
      ],
    },
  },
  { files: ['**/*.test.ts', 'test/**/*.ts'], rules: { 'security/detect-child-process': 'off', '@typescript-eslint/no-floating-promises': 'error' } },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
);
