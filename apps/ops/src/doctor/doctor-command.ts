import type { Answer, Command, Surroundings } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { checkMongo } from './check-mongo.ts';
import { checkOrganisations } from './check-organisations.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkTopics } from './check-topics.ts';
import { attempt, type Finding, ok, problem } from './finding.ts';

const OLDEST_NODE = [20, 19] as const;

export const doctor: Command = {
  name: 'doctor',
  takes: '[--offline]',
  about:
    'looks at MongoDB, topics, readers, organisations, subscriptions and permissions, and says what to do; ' +
    'exit code 1 where there is a problem',
  flags: { offline: { type: 'boolean', about: 'does not have directory-sync ask Microsoft for permissions' } },
  run: async (surroundings, args) => {
    const { progress } = surroundings;
    const findings = [nodeVersion(process.versions.node)];
    const look = async (part: string, todo: string, check: () => Promise<Finding[]>) => {
      progress(`looking at ${part}`);
      findings.push(...(await attempt(part, todo, check)));
    };
    await look('MongoDB', 'look at MONGODB_URI, and whether mongod runs', () => checkMongo(surroundings));
    await look('Kafka', 'look at KAFKA_BROKERS (or BUS_DIRECTORY), and whether the brokers run', () =>
      checkBus(surroundings),
    );
    await look('organisations', 'look at MongoDB', () => checkOrganisations(surroundings));
    const asks = surroundings.hasBus && !args.has('offline') && !findings.some(isDead);
    if (asks) await look('permissions', 'is directory-sync running?', () => checkPermissions(surroundings));
    progress('');
    return answerOf(findings);
  },
};

const checkBus = async (surroundings: Surroundings): Promise<Finding[]> =>
  checkTopics(surroundings, surroundings.topicReader());

/** Nothing can be asked of services where Kafka doesn't answer. */
const isDead = ({ part, state }: Finding) => part === 'Kafka' && state === 'problem';

export function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  return isOld ? problem('Node.js', version, `update it to ${OLDEST_NODE.join('.')} or later`) : ok('Node.js', version);
}

const order = { problem: 0, warning: 1, ok: 2 } as const;

function answerOf(findings: readonly Finding[]): Answer {
  const sorted = [...findings].sort((one, other) => order[one.state] - order[other.state]);
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
  const rows = sorted.map(({ state, part, says, todo }) => [state, part, todo === null ? says : `${says}\n→ ${todo}`]);
  const lines = rows.flatMap(([state = '', part = '', says = '']) => {
    const [first = '', ...rest] = says.split('\n');
    return [[state, part, first], ...rest.map((line) => ['', '', line])];
  });
  const end =
    count('problem') + count('warning') === 0
      ? 'all is well'
      : `${count('problem')} problems, ${count('warning')} warnings`;
  return {
    data: sorted,
    text: `${headed(['state', 'what', 'found'], lines)}\n\n${end}`,
    exitCode: count('problem') === 0 ? 0 : 1,
  };
}
