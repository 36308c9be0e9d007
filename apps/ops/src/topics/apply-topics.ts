import type { OperatorBus } from '@learnamp/bus';
import { type Answer, type Command, type Surroundings } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { type PlannedTopic, planTopics, wordsOf } from './plan-topics.ts';

export const applyTopics: Command = {
  name: 'topics apply',
  takes: '[--dry-run] [--yes]',
  about: 'makes the topics that are missing, and brings the configuration of the others to what it should be',
  flags: {
    'dry-run': {
      type: 'boolean',
      about: 'says what it would do, and does nothing; exit code 1 where there is something',
    },
    yes: { type: 'boolean', about: 'changes configuration without asking: shorter retention deletes records' },
  },
  run: async (surroundings, args) => {
    if (args.has('dry-run')) return answerOf(await planOf(surroundings.topicReader(), surroundings));
    const bus = surroundings.topicKeeper();
    const planned = await planOf(bus, surroundings);
    const changed = planned.filter(({ changes }) => changes.length > 0);
    if (changed.length > 0 && !args.has('yes')) {
      const agreed = await surroundings.confirm(
        `${answerOf(planned).text}\nChange the configuration of ${changed.length} topics?`,
      );
      if (!agreed) return { ...answerOf(planned), text: 'nothing was changed', exitCode: 1 };
    }
    await carryOut(bus, planned);
    return answerOf(await planOf(bus, surroundings), planned);
  },
};

const planOf = (reader: Parameters<typeof planTopics>[0], { replicationFactor }: Surroundings) =>
  planTopics(reader, replicationFactor);

async function carryOut(bus: OperatorBus, planned: readonly PlannedTopic[]): Promise<void> {
  const missing = planned.filter(({ state }) => state === 'missing').map(({ spec }) => spec);
  await bus.ensureTopics(missing);
  for (const { topic, changes } of planned) {
    if (changes.length > 0)
      await bus.configureTopic(topic, Object.fromEntries(changes.map(({ entry, wanted }) => [entry, wanted])));
  }
}

/** How it is, and what was done where something was. */
function answerOf(planned: readonly PlannedTopic[], before: readonly PlannedTopic[] = []): Answer {
  const was = new Map(before.map((topic) => [topic.topic, topic]));
  const data = planned.map((now) => {
    const { topic, state, changes, problems } = now;
    const earlier = was.get(topic);
    return { topic, state: doneOf(earlier, state), changes: earlier?.changes ?? changes, problems };
  });
  const rows = data.map((row) => [row.topic, row.state, wordsOf(row)]);
  const isRight = planned.every(({ state }) => state === 'as it should be');
  return { data, text: headed(['topic', 'state', 'what'], rows), exitCode: isRight ? 0 : 1 };
}

function doneOf(earlier: PlannedTopic | undefined, state: PlannedTopic['state']): string {
  if (earlier?.state === 'missing' && state === 'as it should be') return 'made';
  return (earlier?.changes.length ?? 0) > 0 && state !== 'to be changed' ? 'changed' : state;
}
