import { type RunDocument, runModel } from '@learnamp/learners';
import { appendAudit } from '@learnamp/organisations';
import { workRecordModel } from '@learnamp/sync-state';
import type { Connection } from 'mongoose';
import { operator } from '../audit/operator.ts';
import { type Answer, type Command, UsageError } from '../command-line/command.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { followRun } from '../sync/follow-run.ts';
import { request } from '../sync/request.ts';
import { stageOf, stateOf, whatItDid } from './run-words.ts';

// The next safe point of a run is seconds away, or minutes where Microsoft makes it wait.
const PATIENCE_MS = 300_000;

export const cancelRun: Command = {
  name: 'runs cancel',
  takes: 'RUN --organisation O',
  about: 'ends a run at its next safe point, or takes back a request that waits; what was changed by then stays',
  flags: organisationFlag,
  run: async (surroundings, args) => {
    const { connection, clock } = surroundings;
    const { id: organisationId } = await findOrganisation(connection, args);
    const cancels = await wantedRun(connection, organisationId, args.words[0]);
    // The bus is asked for first: where there is none, nothing was asked for.
    surroundings.bus();
    const changes = [{ path: `run ${cancels}`, old: null, new: 'cancel' }];
    const event = { organisationId, at: clock(), actor: operator(), action: 'cancel requested', changes } as const;
    await connection.transaction((session) => appendAudit(connection, event, session));
    const requestId = await request(surroundings, { organisationId, mode: 'cancel', cancels });
    await followRun(surroundings, requestId, { withinMs: PATIENCE_MS, orUntil: () => isOver(connection, cancels) });
    return answerOf(cancels, await runModel(connection).findById(cancels).lean<RunDocument>());
  },
};

/** The id of a run that is under way, or of a request that waits. @throws UsageError where there is none. */
async function wantedRun(connection: Connection, organisationId: string, id: string | undefined): Promise<string> {
  if (id === undefined) throw new UsageError('which run? runs list shows their ids');
  const which = { organisationId, $or: [{ _id: id }, { requestIds: id }] };
  const run = await runModel(connection).findOne(which).sort({ startedAt: -1 }).lean<RunDocument>();
  if (run && stateOf(run) !== 'running') throw new UsageError(`run ${run._id} is over already: ${stateOf(run)}`);
  const waiting = { _id: organisationId, 'requests.requestId': id };
  if (!run && !(await workRecordModel(connection).exists(waiting))) {
    throw new UsageError(`there is no run ${JSON.stringify(id)}; runs list shows their ids`);
  }
  return run?._id ?? id;
}

const isOver = async (connection: Connection, runId: string): Promise<boolean> => {
  const run = await runModel(connection).findById(runId).lean<RunDocument>();
  return run !== null && stateOf(run) !== 'running';
};

function answerOf(runId: string, run: RunDocument | null): Answer {
  if (!run) return { data: { run: null }, text: `the cancel of ${runId} is on its way`, exitCode: 1 };
  const text = `run ${runId} ${stateOf(run) === 'running' ? `goes on: ${stageOf(run)}` : `${stateOf(run)}: ${whatItDid(run)}`}`;
  return { data: { run }, text, exitCode: run.stage === 'cancelled' ? 0 : 1 };
}
