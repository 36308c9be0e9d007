import { type RunDocument, runModel } from '@learnamp/learners';
import { type Command, UsageError } from '../command-line/command.ts';
import { table } from '../command-line/table.ts';
import { plannedTable, readPlannedRows } from './planned-rows.ts';
import { secondsOf, stageOf, stateOf, whatItDid } from './run-words.ts';

export const showRun: Command = {
  name: 'runs show',
  takes: 'RUN',
  about: 'all that is recorded of one run; of a preview, what it would do to whom',
  flags: {},
  run: async ({ connection }, args) => {
    const [runId] = args.words;
    if (runId === undefined) throw new UsageError('which run? runs list shows their ids');
    const run = await runModel(connection).findById(runId).lean<RunDocument>();
    if (!run) throw new UsageError(`there is no run ${JSON.stringify(runId)}; runs list shows their ids`);
    if (run.mode !== 'preview') return { data: run, text: table(rowsOf(run)) };
    const rows = await readPlannedRows(connection, runId);
    return { data: { ...run, rows }, text: `${table(rowsOf(run))}\n\n${plannedTable(rows)}` };
  },
};

const throttlesOf = ({ counts: { throttled = 0, throttledSeconds = 0 } }: RunDocument) =>
  throttled === 0 ? '' : `, ${throttled} throttled, asked to wait ${throttledSeconds} s`;

function namesOf(first: NonNullable<RunDocument['skipped']>[number]['first'], people: number): string {
  const named = first.map(({ personId, userPrincipalName }) => userPrincipalName ?? personId);
  return [...named, ...(people > named.length ? [`and ${people - named.length} more`] : [])].join(', ');
}

function rowsOf(run: RunDocument): string[][] {
  const { counts, totals, skipped = [], unreadableFields = [], managerCycles, problem } = run;
  return [
    ['run', run._id],
    ['mode', run.mode],
    ['because of', run.trigger],
    ...(run.requestedBy ? [['asked for by', run.requestedBy]] : []),
    ...(run.cancelledBy ? [['cancelled by', run.cancelledBy]] : []),
    ...(run.gapSince ? [['repaired', `a subscription gap since ${run.gapSince.toISOString()}`]] : []),
    ['state', `${stateOf(run)} (${stageOf(run)})`],
    ['started', run.startedAt.toISOString()],
    ['took', `${secondsOf(run, new Date())} s`],
    [run.mode === 'preview' ? 'would do' : 'did', whatItDid(run)],
    ['people', `${counts.members} in the group, ${counts.unchanged} unchanged, ${counts.skipped} skipped`],
    ['Graph', `${counts.graphRequests} requests${throttlesOf(run)}`],
    ...(run.photos ? [['photos', `${run.photos.applied} stored, ${run.photos.graphRequests} requests`]] : []),
    ...(totals
      ? [
          [
            'learners',
            `${totals.activeLearners} active, ${totals.managersLinked} with a manager, ${totals.teams} teams`,
          ],
        ]
      : []),
    ...skipped.map(({ reason, people, first }) => ['skipped', `${people} ${reason}: ${namesOf(first, people)}`]),
    ...unreadableFields.map(({ field, people, problem: why }) => ['not read', `${field} of ${people}: ${why}`]),
    ...managerCycles.map((cycle) => ['managers in a circle', [...cycle, ...cycle.slice(0, 1)].join(' → ')]),
    ...(problem === null ? [] : [['problem', problem]]),
  ];
}
