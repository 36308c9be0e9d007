import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

// The floors of docs/architecture.md, top to bottom. A floor may use the floors named here and no others.
const floors = {
  'floor:app': ['floor:account', 'floor:domain', 'floor:adapter', 'floor:pure'],
  'floor:account': ['floor:domain', 'floor:adapter', 'floor:pure'],
  'floor:domain': ['floor:adapter', 'floor:pure'],
  'floor:adapter': ['floor:pure'],
  'floor:pure': [],
  // The console knows of the rest what the OpenAPI document says.
  'floor:console': [],
  'floor:emulator': [],
  'floor:tool': [
    'floor:app',
    'floor:account',
    'floor:domain',
    'floor:adapter',
    'floor:pure',
    'floor:emulator',
    'floor:tool',
  ],
};

/** Tests may also use the tools (real Kafka, real MongoDB, a local Microsoft); sources may not. */
const boundaries = (extraFloors) => [
  'error',
  {
    enforceBuildableLibDependency: true,
    banTransitiveDependencies: true,
    allow: [],
    depConstraints: [
      ...Object.entries(floors).map(([sourceTag, below]) => ({
        sourceTag,
        onlyDependOnLibsWithTags: [...below, ...extraFloors],
      })),
      // The pure floor does no I/O: schemas, and the API of traces, which does nothing by itself, are its only outside libraries.
      {
        sourceTag: 'floor:pure',
        allowedExternalImports: ['typebox', 'typebox/*', '@opentelemetry/api', '@jest/globals', 'fast-check'],
      },
    ],
  },
];

export default tseslint.config(
  { ignores: ['**/openapi.d.ts', '**/dist', '**/out-tsc', '**/coverage', '.nx', 'tmp', '.learnamp'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaries([]),
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      // Mongoose types the plain objects of a schema definition as instances of its own classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['**/test/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': boundaries(['floor:tool', 'floor:emulator']) },
  },
  // The tools talk to a person at a terminal.
  { files: ['tools/**/*.ts', 'tools/**/*.mjs'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  prettier,
);
