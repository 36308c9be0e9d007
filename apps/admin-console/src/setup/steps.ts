import type { AskedPermission, MicrosoftView } from '../microsoft/microsoft.ts';
import type { Provisioning } from '../settings/settings.ts';
import type { Run } from '../sync/run.ts';

export const stepNames = [
  'tenant',
  'permissions',
  'group',
  'mapping',
  'people',
  'invitations',
  'preview',
  'live',
] as const;

export type StepName = (typeof stepNames)[number];

/** What the steps are judged by. */
export interface Known {
  readonly provisioning: Pick<Provisioning, 'enabled'>;
  readonly microsoft: Pick<MicrosoftView, 'provisioning' | 'groupId'>;
  /** As they were last asked for in this visit; null where nobody has asked. */
  readonly permissions: readonly Pick<AskedPermission, 'state'>[] | null;
  /** The latest preview, and the latest full run that came to its end; null where there is none. */
  readonly preview: Pick<Run, 'state'> | null;
  readonly full: Pick<Run, 'state'> | null;
}

export interface Step {
  readonly name: StepName;
  /** `current` is the first that is not done. */
  readonly state: 'done' | 'current' | 'to do';
}

/** How far the setup is, whoever did it and however. */
export function stepsOf(known: Known): Step[] {
  const done = stepNames.map((name) => isDone[name](known));
  const current = done.indexOf(false);
  return stepNames.map((name, at) => ({ name, state: done[at] ? 'done' : at === current ? 'current' : 'to do' }));
}

/** The step to go on with; the last one where all are done. */
export const currentStep = (steps: readonly Step[]): StepName =>
  steps.find(({ state }) => state === 'current')?.name ?? 'live';

export const isStepName = (text: string | undefined): text is StepName => stepNames.some((name) => name === text);

/** The steps before and after one. */
export function neighboursOf(name: StepName): { readonly before: StepName | null; readonly after: StepName | null } {
  const at = stepNames.indexOf(name);
  return { before: stepNames[at - 1] ?? null, after: stepNames[at + 1] ?? null };
}

const isOver = (run: Pick<Run, 'state'> | null) => run?.state === 'finished' || run?.state === 'incomplete';
/** The directory has been read as a whole: so nothing that is needed for it is missing. */
const isRead = ({ preview, full }: Known) => isOver(preview) || isOver(full);
const isGranted = ({ state }: Pick<AskedPermission, 'state'>) => state === 'granted' || state === 'unneeded';

const isDone: Readonly<Record<StepName, (known: Known) => boolean>> = {
  tenant: ({ microsoft }) => microsoft.provisioning,
  // A group can only be chosen after the directory has shown it.
  permissions: (known) =>
    known.microsoft.provisioning &&
    (known.permissions === null ? known.microsoft.groupId !== null : known.permissions.every(isGranted)),
  group: ({ microsoft }) => microsoft.groupId !== null,
  // These have defaults that may be left as they are: whoever has looked ahead with them has accepted them.
  mapping: isRead,
  people: isRead,
  invitations: isRead,
  preview: isRead,
  live: (known) => known.provisioning.enabled && known.microsoft.groupId !== null && isOver(known.full),
};
