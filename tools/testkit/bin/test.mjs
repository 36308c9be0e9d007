// `npm test [Jest's arguments]`: installs, compiles, starts one real MongoDB and one real Kafka for all tests, runs
// Jest and stops what it started. Exit code: Jest's; 2 when something is missing.
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { BootstrapError, ensureBuilt, ensureConsole, ensureDependencies, workspaceRoot } from './bootstrap.mjs';

const RUN_JEST = fileURLToPath(new URL('run-jest.mjs', import.meta.url));
const SIGNAL_NUMBERS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

class MissingParts extends Error {}

const log = (line) => console.error(`[test] ${line}`);
const running = [];
let jest;
let interruptedBy;

for (const signal of Object.keys(SIGNAL_NUMBERS)) {
  process.on(signal, () => {
    if (interruptedBy === undefined) log(`${signal}: stopping`);
    interruptedBy ??= signal;
    jest?.kill(signal);
  });
}

try {
  await ensureDependencies({ log });
  await ensureBuilt({ log });
  await ensureConsole();
  const environment = await prepareParts();
  process.exitCode = interruptedBy === undefined ? await runJest(environment) : 1;
} catch (error) {
  const expected = error instanceof BootstrapError || error instanceof MissingParts;
  console.error(expected ? `\n${error.message}\n` : error);
  process.exitCode = 2;
} finally {
  await Promise.all(running.map((part) => part.stop()));
  if (interruptedBy !== undefined) process.exitCode = 128 + SIGNAL_NUMBERS[interruptedBy];
}

/** Starts everything at once; the answer is the variables that tell the tests where it is. */
async function prepareParts() {
  const testkit = await import('../dist/index.js');
  const started = Date.now();
  const [mongo, kafka, authority] = await allOrMissing([
    startPart('MongoDB', () => testkit.startMongo({ log })),
    startPart('Kafka', () => testkit.startKafka({ log })),
    prepareAuthority(testkit.testCaDirectory()),
    testkit.openChromium({ log }).then((chromium) => chromium.close()),
  ]);
  log(`MongoDB, Kafka and Chromium are ready (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return {
    MONGODB_URI: process.env.MONGODB_URI || mongo.uri('test'),
    KAFKA_BROKERS: kafka.brokers,
    NODE_EXTRA_CA_CERTS: authority,
  };
}

async function startPart(name, start) {
  const part = await start();
  running.push(part);
  return part;
}

/** Says everything that is missing, not only the first thing. */
async function allOrMissing(promises) {
  const results = await Promise.allSettled(promises);
  const failures = results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason);
  const unexpected = failures.find((failure) => failure.name !== 'TestkitError');
  if (unexpected) throw unexpected;
  if (failures.length > 0) throw new MissingParts(failures.map(({ message }) => message).join('\n\n'));
  return results.map(({ value }) => value);
}

/** Node takes one file of further authorities: ours, and those that this machine needed already. */
async function prepareAuthority(directory) {
  const { ensureCertificateAuthority } = await import('@learnamp/entra-emulator');
  const { caFile, caPem } = await ensureCertificateAuthority(directory);
  const others = process.env.NODE_EXTRA_CA_CERTS;
  if (!others) return caFile;
  const bundle = join(directory, 'trusted.pem');
  writeFileSync(bundle, `${caPem}\n${readFileSync(others, 'utf8')}`);
  return bundle;
}

function runJest(environment) {
  const options = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  const env = {
    ...process.env,
    ...environment,
    NODE_OPTIONS: [process.env.NODE_OPTIONS, options].filter(Boolean).join(' '),
  };
  jest = fork(RUN_JEST, process.argv.slice(2), {
    cwd: workspaceRoot,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    jest.on('error', reject);
    jest.on('exit', (code) => resolve(code ?? 1));
  });
}
