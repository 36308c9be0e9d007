import { pathTo } from '@learnamp/directory';
import type { LearnerDocument } from '@learnamp/learners';
import { conflictCause } from './conflict.ts';
import { type Facts, groupNamed, learnerNamed, personNamed, type Trouble } from './facts.ts';

/** A group on the way from the organisation's group to the person. */
export interface PathStep {
  readonly id: string;
  readonly name: string | null;
}

/** By which groups the person is in, from the organisation's own; null where no path is known. */
export function pathOf({ organisation, personId, tree, groupNames }: Facts): PathStep[] | null {
  if (organisation.groupId === null || personId === null) return null;
  const path = pathTo(tree, organisation.groupId, personId);
  return path?.map((id) => ({ id, name: groupNames.get(id) ?? null })) ?? null;
}

/** What keeps the organisation as a whole from being provisioned. */
export function setupTroubles({ organisation, lastRuns, inspection }: Facts): Trouble[] {
  const causes = [
    ...(organisation.groupId === null ? [`${organisation.name} is not connected to a tenant of Microsoft`] : []),
    ...(organisation.provisioning.enabled ? [] : ['provisioning is switched off (the setting enabled)']),
    ...lastRuns.flatMap(({ problem }) => (problem === null ? [] : [problem])),
    ...(inspection?.problem ? [inspection.problem] : []),
  ];
  return [...new Set(causes)].map((cause) => ({ about: 'setup', cause }));
}

/** Why the person is no active learner; nothing where they are one, or where nothing speaks against it. */
export function userTroubles(facts: Facts): Trouble[] {
  const cause = facts.learner?.active ? behindCause(facts) : inactiveCause(facts);
  return cause === undefined ? [] : [{ about: 'users', cause }];
}

function inactiveCause(facts: Facts): string | undefined {
  return (
    directoryCause(facts) ??
    heldCause(facts) ??
    conflictCause(facts) ??
    removedCause(facts) ??
    manualCause(facts) ??
    switchCause(facts) ??
    waitingCause(facts)
  );
}

/** What the directory itself says, by a fresh reading. */
function directoryCause(facts: Facts): string | undefined {
  const { inspection, who, organisation } = facts;
  if (!inspection || inspection.problem !== null) return undefined;
  const { person, root, groups } = inspection;
  if (!root) return `${groupNamed(facts, organisation.groupId ?? '')} is not in the directory`;
  if (!person) return `there is nobody ${JSON.stringify(who)} in the directory`;
  if (!person.accountEnabled) return `the account of ${personNamed(facts)} is disabled in Entra`;
  if (person.isMember) return undefined;
  const others = groups.map(({ id, displayName }) => displayName ?? id).join(', ');
  const instead = others === '' ? 'they are in no group that can be seen' : `they are in ${others}`;
  return `${personNamed(facts)} is not in ${groupNamed(facts, root.id)}, nor in a group nested in it; ${instead}`;
}

function heldCause(facts: Facts): string | undefined {
  const { record, heldSet } = facts;
  const proposal = record?.proposal;
  if (!proposal?.state.active || !proposal.heldSince) return undefined;
  if (proposal.verdict === 'rejected') {
    return `adding ${personNamed(facts)} was rejected by ${proposal.saidBy ?? 'somebody'}, and stays so until their membership changes`;
  }
  return `adding ${personNamed(facts)} waits for approval: ${heldSet?.reason ?? 'too many would be added at once'}`;
}

/** Why somebody who was a learner is not one any more. */
export function removedCause(facts: Facts): string | undefined {
  const removal = facts.learner?.active === false ? facts.learner.sources.microsoft?.removal : undefined;
  if (!removal) return undefined;
  const group = groupNamed(facts, facts.organisation.groupId ?? '');
  const causes = {
    left: `${personNamed(facts)} left ${group}`,
    deleted: `the account of ${personNamed(facts)} was deleted in Entra`,
    disabled: `the account of ${personNamed(facts)} was disabled in Entra`,
  };
  return `${causes[removal.cause]}, and was deactivated (${removal.proof})`;
}

/** Whom only a list knows, and who is not active by it. */
function manualCause(facts: Facts): string | undefined {
  const sources = facts.learner?.active === false ? facts.learner.sources : undefined;
  return sources?.manual && !sources.microsoft ? `${personNamed(facts)} was made inactive by hand` : undefined;
}

function switchCause(facts: Facts): string | undefined {
  const { organisation, inspection, record } = facts;
  const wanted = inspection?.person?.isMember ?? record?.emitted?.state.active ?? false;
  return wanted && !organisation.provisioning.create
    ? `${personNamed(facts)} is in the group, and new learners are not made (the setting create is off)`
    : undefined;
}

function waitingCause(facts: Facts): string | undefined {
  const name = personNamed(facts);
  if (facts.record?.emitted?.state.active) return `what is wanted of ${name} is not applied yet`;
  if (!facts.inspection?.person?.isMember) return undefined;
  const [trouble] = setupTroubles(facts);
  return trouble
    ? `${name} is in the group, and no run could read them: ${trouble.cause}`
    : `${name} is in the group, and no run has read them yet`;
}

/** What an active learner still is, although something else is wanted of them. */
function behindCause(facts: Facts): string | undefined {
  const { learner, record, heldSet } = facts;
  const proposal = record?.proposal;
  if (proposal?.state.removal && proposal.heldSince && proposal.verdict === null) {
    const { removal } = proposal.state;
    return `deactivating ${personNamed(facts)} (${removal.proof}) waits for approval: ${heldSet?.reason ?? 'too many at once'}`;
  }
  const applied = learner?.sources.microsoft?.version ?? '';
  return record?.emitted && record.emitted.version > applied
    ? `the newest state of ${personNamed(facts)} is not applied yet`
    : undefined;
}

/** How the person and the learner are linked, and what else makes them one, in one sentence. */
export function matchOf(facts: Facts): string {
  const { learner, namesake } = facts;
  if (learner) return linkOf(learner);
  const waits = conflictCause(facts);
  if (waits) return `nobody is linked yet: ${waits}`;
  return namesake ? `${linkOf(namesake)}, which is another one` : 'nobody is linked';
}

function linkOf(learner: LearnerDocument): string {
  const { microsoft, manual } = learner.sources;
  const is = `${learnerNamed(learner)} is the learner ${learner._id}`;
  const byHand = manual ? `${manual.active ? 'active' : 'not active'} by hand` : '';
  if (!microsoft) return `${is}, ${byHand || 'of no source'}, and linked to nobody of the directory`;
  return `${is}, linked by the object id ${microsoft.personId}${manual ? `, and ${byHand} as well` : ''}`;
}

// Entra's numbers for a credential that is refused: signing in uses the same one.
const CREDENTIAL = /AADSTS(7000222|7000215|700027)\b/;

/** Why the person can't sign in with Microsoft. */
export function signInTroubles(facts: Facts): Trouble[] {
  const { organisation, learner, namesake, inspection, personId } = facts;
  const name = personNamed(facts);
  const credential = setupTroubles(facts).find(({ cause }) => CREDENTIAL.test(cause))?.cause;
  const causes = [
    ...(organisation.singleSignOn.enabled
      ? []
      : ['signing in with Microsoft is switched off (the setting singleSignOn.enabled)']),
    ...(credential ? [`nobody can sign in with Microsoft: ${credential}`] : []),
    ...(namesake
      ? [
          `${name} signs in as the object ${personId ?? ''}, and the learner ${learnerNamed(namesake)} is linked to ` +
            (namesake.sources.microsoft
              ? `the object ${namesake.sources.microsoft.personId}`
              : 'nobody of the directory'),
        ]
      : []),
    ...(learner?.active ? [] : [`${name} can't sign in: ${inactiveCause(facts) ?? 'they are no active learner'}`]),
    ...(learner?.active && inspection?.person?.accountEnabled === false
      ? [`Microsoft refuses ${name}: the account is disabled in Entra`]
      : []),
  ];
  return causes.map((cause) => ({ about: 'sign-in', cause }));
}
