export default {
  // Much of the time is waiting for real parts, so two at a time are faster than one even on two cores.
  maxWorkers: 2,
  // Real parts take their time on a busy machine. Jest takes this from here alone, not from the projects.
  testTimeout: 30_000,
  // Native modules of a test file stay in memory after it; a worker that has many makes way for a new one.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/jest.sequencer.mjs',
  projects: [
    '<rootDir>/apps/*/jest.config.mjs',
    '<rootDir>/libs/*/jest.config.mjs',
    '<rootDir>/tools/*/jest.config.mjs',
  ],
};
