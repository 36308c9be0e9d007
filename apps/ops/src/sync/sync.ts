import type { SyncRequest } from '@learnamp/contracts';
import type { RunDocument } from '@learnamp/learners';
import type { Arguments } from '../command-line/arguments.ts';
import { type Answer, type Command, type Flag, UsageError } from '../command-line/command.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { plannedTable, readPlannedRows } from '../runs/planned-rows.ts';
import { secondsOf, stageOf, stateOf, whatItDid } from '../runs/run-words.ts';
import { followRun } from './follow-run.ts';
import { request } from './request.ts';

export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PATIENCE_S = 600;

export const withinFlag: { readonly within: Flag } = {
  within: { type: 'string', about: `how many seconds to follow the run (default ${PATIENCE_S}); 0 only asks` },
};

export const sync: Command = {
  name: 'sync',
  takes: '--organisation O [--changes | --person ID | --preview]',
  about: 'asks for a run and follows it to its end: a full one, unless said otherwise',
  flags: {
    ...organisationFlag,
    changes: { type: 'boolean', about: 'only what changed since the last run' },
    person: { type: 'string', about: "only the person with this Object ID of Microsoft's" },
    preview: { type: 'boolean', about: 'changes nothing: says what a full run would do, person by person' },
    ...withinFlag,
  },
  run: async (surroundings, args) => {
    const { id: organisationId } = await findOrganisation(surroundings.connection, args);
    const wanted = wantedOf(args);
    const withinMs = secondsFrom(args) * 1000;
    const requestId = await request(surroundings, { organisationId, ...wanted });
    if (withinMs === 0) return { data: { requestId, run: null }, text: `asked for, as request ${requestId}` };
    const run = await followRun(surroundings, requestId, { withinMs });
    const answer = answerOf(requestId, run);
    if (run?.mode !== 'preview' || stateOf(run) === 'running') return answer;
    const rows = await readPlannedRows(surroundings.connection, run._id);
    return { ...answer, data: { requestId, run, rows }, text: `${answer.text}\n\n${plannedTable(rows)}` };
  },
};

function wantedOf(args: Arguments): Pick<SyncRequest, 'mode' | 'personId'> {
  const personId = args.text('person');
  const kinds = [personId !== undefined, args.has('changes'), args.has('preview')];
  if (kinds.filter(Boolean).length > 1) throw new UsageError('--changes, --person and --preview exclude each other');
  if (args.has('preview')) return { mode: 'preview' };
  if (personId === undefined) return { mode: args.has('changes') ? 'delta' : 'full' };
  if (!GUID.test(personId)) throw new UsageError('--person takes an Object ID, as Entra shows it');
  return { mode: 'person', personId };
}

/** What `--within` says. @throws UsageError */
export function secondsFrom(args: Arguments, otherwise = PATIENCE_S): number {
  const text = args.text('within') ?? String(otherwise);
  if (!/^\d{1,5}$/.test(text)) throw new UsageError('--within takes a whole number of seconds');
  return Number(text);
}

/** What became of a request whose run was followed. */
export function answerOf(requestId: string, run: RunDocument | undefined): Answer {
  if (!run) {
    const text = `request ${requestId} waits: no run has taken it up; is directory-sync running?`;
    return { data: { requestId, run: null }, text, exitCode: 1 };
  }
  const state = stateOf(run);
  const problem = run.problem === null ? '' : `\n${run.problem}`;
  const data = { requestId, run };
  const name = `run ${run._id}`;
  if (state === 'running') return { data, text: `${name} is still under way: ${stageOf(run)}`, exitCode: 1 };
  const text = `${name} ${state} after ${secondsOf(run, new Date())} s: ${whatItDid(run)}${problem}`;
  return { data, text, ...(state === 'finished' ? {} : { exitCode: 1 }) };
}
