import type { RunDocument } from '@learnamp/learners';
import type { Model, QueryFilter } from 'mongoose';
import Type from 'typebox';
import { html } from '../pages/html.ts';
import { RunView } from '../sync-runs/run-view.ts';
import { modeWords, whatItDid } from '../sync-runs/run-words.ts';
import type { Runs } from '../sync-runs/runs.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import { DayOrMoment, within } from './dates.ts';
import type { RecordList } from './record-list.ts';

type Outcome = RunView['state'];

const kinds = { full: 'full sync', delta: 'changes only', person: 'one person', preview: 'preview' } as const;
const outcomes: Readonly<Record<Outcome, string>> = {
  running: 'under way',
  finished: 'done',
  incomplete: 'done with a problem',
  interrupted: 'interrupted',
  cancelled: 'cancelled',
};
const triggers = [
  'request',
  'notification',
  'schedule',
  'setup',
  'recovery',
  'new groups',
  'second look',
  'missing people',
  'subscription gap',
];

const ended = { stage: 'finished', finishedAt: { $ne: null } } as const;
const states: Readonly<Record<Outcome, QueryFilter<RunDocument>>> = {
  running: { finishedAt: null, stage: { $nin: ['interrupted', 'cancelled'] } },
  finished: { ...ended, problem: null },
  incomplete: { ...ended, problem: { $ne: null } },
  interrupted: { stage: 'interrupted' },
  cancelled: { stage: 'cancelled' },
};

export interface RunListDeps {
  readonly runModel: Model<RunDocument>;
  readonly runs: Pick<Runs, 'views'>;
}

/** The runs of an organisation. */
export const runList = ({ runModel, runs }: RunListDeps): RecordList<RunDocument, RunView> => ({
  name: 'sync-runs',
  title: 'Sync runs',
  about: 'Every run, why there was one, and what it did. Newest first.',
  scope: 'provisioning:read',
  model: runModel,
  order: {
    name: 'sync-runs',
    keys: [
      { path: 'startedAt', direction: -1, type: 'date' },
      { path: '_id', direction: -1, type: 'string' },
    ],
  },
  exportOrder: 'newest first',
  json: 'array',
  filters: {
    kind: Type.Optional(Type.Union(Object.keys(kinds).map((kind) => Type.Literal(kind)))),
    outcome: Type.Optional(Type.Union(Object.keys(outcomes).map((outcome) => Type.Literal(outcome)))),
    trigger: Type.Optional(Type.Union(triggers.map((trigger) => Type.Literal(trigger)))),
    from: Type.Optional(DayOrMoment),
    to: Type.Optional(DayOrMoment),
  },
  fields: [
    { name: 'kind', label: 'Kind', type: 'select', choices: kinds },
    { name: 'outcome', label: 'Outcome', type: 'select', choices: outcomes },
    {
      name: 'trigger',
      label: 'Because of',
      type: 'select',
      choices: Object.fromEntries(triggers.map((one) => [one, one])),
    },
    { name: 'from', label: 'From', type: 'date' },
    { name: 'to', label: 'To', type: 'date' },
  ],
  item: RunView,
  filterOf: ({ id: organisationId }, { kind, outcome, trigger, from, to }) =>
    Promise.resolve({
      organisationId,
      ...(kind === undefined ? {} : { mode: kind as RunDocument['mode'] }),
      ...(outcome === undefined ? {} : states[outcome as Outcome]),
      ...(trigger === undefined ? {} : { trigger }),
      ...within('startedAt', { from, to }),
    }),
  itemsOf: ({ id }, documents) => runs.views(id, documents),
  columns: [
    ...['Run', 'Kind', 'Outcome', 'Because of', 'Asked for by', 'Cancelled by', 'Started', 'Finished'],
    ...['Members', 'Created', 'Updated', 'Unchanged', 'Deactivated', 'Skipped', 'Held', 'Conflicts', 'Problem'],
  ],
  cells: ({ id, mode, state, trigger, requestedBy, cancelledBy, startedAt, finishedAt, counts, problem }) => [
    [
      ...[id, mode, state, trigger, requestedBy, cancelledBy, startedAt, finishedAt],
      ...[counts.members, counts.created, counts.updated, counts.unchanged, counts.deactivated],
      ...[counts.skipped, counts.held, counts.conflicts, problem],
    ],
  ],
  headings: ['Run', 'Why', 'Started', 'What it did'],
  row: ({ id, mode, state, trigger, startedAt, counts, problem, cancelledBy }) => [
    html`${modeWords(mode)} <a class="note" href="/provisioning-log?run=${encodeURIComponent(id)}">What it changed</a>`,
    trigger,
    timeOf(startedAt),
    html`<span class="mark ${state}">${outcomes[state]}</span>
      ${state === 'running' ? undefined : whatItDid(mode, counts)}
      ${problem ? html`<span class="note">${problem}</span>` : undefined}
      ${cancelledBy ? html`<span class="note">Cancelled by ${cancelledBy}</span>` : undefined}`,
  ],
});
