import type { OperatorBus, OperatorReader } from '@learnamp/bus';
import type { Arguments } from '../command-line/arguments.ts';
import { type Answer, type Command, type Surroundings, UsageError } from '../command-line/command.ts';
import { progressBar } from '../command-line/progress-bar.ts';
import { headed } from '../command-line/table.ts';
import { request } from '../sync/request.ts';
import { topicFlag, topicNamed } from '../topics/known-topics.ts';
import { rangeFlags, rangeFrom, sizeOf, type TopicRange } from '../topics/topic-range.ts';
import { type BehindOrganisation, Epochs, raiseAll } from './epochs.ts';
import { comesAgain, type MovePlan, moveGroup, planMove, stopFirst } from './move-group.ts';
import { type AgainCounts, countAgain, publishAgain } from './publish-again.ts';

export const replay: Command = {
  name: 'replay',
  takes: '--topic T [--organisation O] [--from TIME|OFFSET] [--to …] [--move-group] [--dry-run] [--yes]',
  about:
    'has records of a topic handled again: by publishing them again as they are, while everything runs; or by moving ' +
    'their consumer group back, which has to be stopped',
  flags: {
    ...topicFlag,
    ...rangeFlags,
    'move-group': { type: 'boolean', about: 'moves the group back; others who share a partition come again too' },
    'dry-run': { type: 'boolean', about: 'says what would come again, and changes nothing' },
    yes: { type: 'boolean', about: 'asks nothing' },
  },
  run: async (surroundings, args) => {
    topicNamed(args.wanted('topic'));
    const moves = args.has('move-group');
    if (moves && args.text('to') !== undefined)
      throw new UsageError('a group that is moved goes on to the end: leave --to out');
    const reader = args.has('dry-run') ? surroundings.topicReader() : surroundings.topicKeeper();
    const range = await rangeFrom(surroundings, reader, args);
    const plan = moves
      ? await planMoving(surroundings, reader, range)
      : await planPublishing(surroundings, reader, range);
    if (args.has('dry-run')) return answerOf(plan, 'would');
    if (!(await mayGoOn(surroundings, args, plan)))
      return { ...answerOf(plan, 'would'), text: 'nothing was done', exitCode: 1 };
    return answerOf(await carryOut(surroundings, surroundings.topicKeeper(), range, plan), 'did');
  },
};

interface Plan {
  readonly move?: MovePlan;
  readonly counts: AgainCounts;
  readonly behind: readonly BehindOrganisation[];
}

async function planMoving(surroundings: Surroundings, reader: OperatorReader, range: TopicRange): Promise<Plan> {
  const move = await planMove(reader, range);
  const epochs = new Epochs();
  const spans = move.moves.map(({ partition, at, to }) => ({ partition, from: to, to: at }));
  const bar = progressBar(surroundings, `reading ${range.topic.name}`, sizeOf(spans));
  for await (const record of reader.read({ topic: range.topic.name, spans })) {
    epochs.see(record);
    bar.add();
  }
  bar.end();
  return {
    move,
    counts: { again: comesAgain(move.moves), superseded: 0 },
    behind: await epochs.behind(surroundings.connection),
  };
}

async function planPublishing(surroundings: Surroundings, reader: OperatorReader, range: TopicRange): Promise<Plan> {
  const epochs = new Epochs();
  const counts = await countAgain(surroundings, reader, range, epochs);
  return { counts, behind: await epochs.behind(surroundings.connection) };
}

async function mayGoOn({ confirm }: Surroundings, args: Arguments, { move, counts }: Plan): Promise<boolean> {
  if (move && move.group.members > 0) throw new UsageError(stopFirst(move.group));
  if (args.has('yes') || counts.again === 0) return true;
  return confirm(
    move ? `Hand ${counts.again} records to ${move.group.groupId} again?` : `Publish ${counts.again} records again?`,
  );
}

/** Epochs first: whoever claims an organisation from now on speaks after all that comes again. */
async function carryOut(surroundings: Surroundings, bus: OperatorBus, range: TopicRange, plan: Plan): Promise<Plan> {
  await raiseAll(surroundings.connection, plan.behind);
  const counts = plan.move ? plan.counts : await publishAgain(surroundings, bus, range);
  if (plan.move) await moveGroup(bus, range.topic.name, plan.move);
  for (const { organisationId } of plan.behind) await request({ bus: () => bus }, { organisationId, mode: 'full' });
  return { ...plan, counts };
}

function answerOf({ move, counts, behind }: Plan, tense: 'would' | 'did'): Answer {
  const { again, superseded } = counts;
  const verb = tense === 'would' ? 'would come' : 'come';
  const rows = (move?.moves ?? []).map(({ partition, at, to }) => [`${partition}`, `${at}`, `${to}`, `${at - to}`]);
  const active = move && move.group.members > 0 ? stopFirst(move.group) : undefined;
  const lines = [
    ...(rows.length === 0 ? [] : [`${headed(['partition', 'group at', 'moved to', 'records'], rows)}\n`]),
    `${again} records ${verb} again${superseded === 0 ? '' : `; ${superseded} do not, because their keys have something newer`}`,
    ...behind.map(
      ({ organisationId, inTopic, inDatabase }) =>
        `${organisationId}: the database is at epoch ${inDatabase}, the topic at ${inTopic}; it ${tense === 'would' ? 'would be' : 'is'} ` +
        `raised, and a full run ${tense === 'would' ? 'asked for' : 'is asked for'}`,
    ),
    ...(active === undefined ? [] : [active]),
  ];
  const moved = move && {
    group: move.group.groupId,
    members: move.group.members,
    partitions: move.moves.map((each) => ({ partition: each.partition, at: `${each.at}`, to: `${each.to}` })),
  };
  return { data: { dryRun: tense === 'would', ...counts, behind, ...(moved && { moved }) }, text: lines.join('\n') };
}
