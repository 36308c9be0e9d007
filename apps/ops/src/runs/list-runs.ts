import { type RunDocument, runModel } from '@learnamp/learners';
import type { Command } from '../command-line/command.ts';
import { UsageError } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { secondsOf, stageOf, stateOf, whatItDid } from './run-words.ts';

const LISTED = 20;

export const listRuns: Command = {
  name: 'runs list',
  takes: '--organisation O [--last N]',
  about: 'the runs of an organisation, newest first',
  flags: { ...organisationFlag, last: { type: 'string', about: `how many, up to 1000 (default ${LISTED})` } },
  run: async ({ connection }, args) => {
    const { id } = await findOrganisation(connection, args);
    const last = args.text('last') ?? String(LISTED);
    if (!/^[1-9]\d{0,2}$|^1000$/.test(last)) throw new UsageError('--last takes a whole number from 1 to 1000');
    const runs = await runModel(connection)
      .find({ organisationId: id })
      .sort({ startedAt: -1 })
      .limit(Number(last))
      .lean<RunDocument[]>();
    const now = new Date();
    const rows = runs.map((run) => [
      run._id,
      run.mode,
      run.requestedBy ?? run.trigger,
      run.startedAt.toISOString(),
      `${secondsOf(run, now)} s`,
      stateOf(run) === 'running' ? stageOf(run) : `${stateOf(run)}: ${whatItDid(run)}`,
    ]);
    return { data: runs, text: headed(['run', 'mode', 'trigger', 'started', 'took', 'what it did'], rows) };
  },
};
