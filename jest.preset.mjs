export default {
  testEnvironment: 'node',
  // "import" must not be listed: Jest adds it (or "require") itself, by the kind of the importing module.
  testEnvironmentOptions: { customExportConditions: ['@learnamp/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
};
