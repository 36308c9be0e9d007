import { isPropertyName, type MappingRule, rulesOf } from '@learnamp/directory';
import { type Facts, groupNamed, isByHand, learnerNamed, personNamed, type Trouble } from './facts.ts';

/** One field of the learner: what it shows, where it comes from, and why it is not simply that. */
export interface ExplainedField {
  readonly field: string;
  /** A property of Graph's user, or an expression. */
  readonly from: string;
  readonly value: string | null;
  /** Why it is empty, kept or not followed; null where it is as the directory says. */
  readonly note: string | null;
}

interface ReadField {
  readonly rule: MappingRule;
  /** What the learner shows. */
  readonly shown: string | null;
  /** What the directory says: by a fresh reading, else as it was applied last. Undefined where nobody has read it. */
  readonly said: string | null | undefined;
  readonly problem: string | null;
}

function readFields(facts: Facts): ReadField[] {
  const { learner, organisation, inspection, lastRuns } = facts;
  const source = learner?.sources.microsoft;
  const unreadable = new Set(source?.fieldRules?.unreadable);
  return rulesOf(organisation.provisioning.mapping).map((rule) => {
    // What is said by hand is shown whatever the directory says of somebody outside its scope.
    const fresh = isByHand(facts) ? undefined : inspection?.fields.find(({ field }) => field === rule.field);
    const told = lastRuns.flatMap(({ unreadableFields = [] }) => unreadableFields);
    const noted = told.find(({ field }) => field === rule.field)?.problem ?? 'it could not be read';
    return {
      rule,
      shown: valueIn(learner, rule.field),
      said: fresh ? fresh.value : source?.active ? valueIn(source, rule.field) : undefined,
      problem: fresh ? fresh.problem : unreadable.has(rule.field) ? noted : null,
    };
  });
}

const CUSTOM = 'customFields.';

interface WithFields {
  readonly fields: object;
  readonly customFields?: Readonly<Record<string, string | null>>;
}

function valueIn(of: WithFields | null | undefined, field: string): string | null {
  const named = field.startsWith(CUSTOM) ? (of?.customFields ?? {}) : (of?.fields ?? {});
  const found = Object.entries(named).find(([name]) => name === field.replace(CUSTOM, ''));
  return typeof found?.[1] === 'string' ? found[1] : null;
}

export const explainFields = (facts: Facts): ExplainedField[] =>
  readFields(facts).map((read) => ({
    field: read.rule.field,
    from: read.rule.from,
    value: facts.learner ? read.shown : (read.said ?? null),
    note: causeOf(facts, read) ?? (read.said === null ? emptyNote(read.rule) : null),
  }));

/** Why details don't follow. That something is empty in Entra is no trouble by itself: the field's note says it. */
export function detailTroubles(facts: Facts): Trouble[] {
  if (!facts.learner?.active) return [];
  return readFields(facts).flatMap((read) => {
    const cause = causeOf(facts, read);
    return cause === undefined ? [] : [{ about: 'details', cause }];
  });
}

const comesFrom = ({ from }: MappingRule) => (isPropertyName(from) ? from : `the expression ${from}`);

const emptyNote = (rule: MappingRule) => `${comesFrom(rule)} is empty in Entra`;

function causeOf(facts: Facts, { rule, shown, said, problem }: ReadField): string | undefined {
  const { field, apply, onEmpty } = rule;
  const name = personNamed(facts);
  if (problem !== null) return `${field} of ${name} can't be read from ${comesFrom(rule)}: ${problem}`;
  if (!facts.learner || said === undefined || said === shown) return undefined;
  if (!facts.organisation.provisioning.update) {
    return `${field} of ${name} is not followed: details are not updated (the setting update is off)`;
  }
  if (apply === 'create only') {
    return `${field} of ${name} stays as it was when the learner was made, because its rule says "create only"`;
  }
  if (said === null && onEmpty === 'keep') {
    return `${comesFrom(rule)} of ${name} is empty in Entra, and ${field} keeps what it had, because its rule says "keep"`;
  }
  return `${field} of ${name} has changed in Entra and is not applied yet`;
}

/** What managers are in Entra's and Learn Amp's words. */
const SETTING = 'the setting managers, "Assign override manager using Manager/Direct Reports in AzureAD", is off';

/** The override manager, in one sentence. */
export function managerOf(facts: Facts): string {
  const [trouble] = managerTroubles(facts);
  if (trouble) return trouble.cause;
  return facts.manager && facts.learner?.manager?.learnerId
    ? learnerNamed(facts.manager)
    : `none: manager of ${personNamed(facts)} is empty in Entra`;
}

export function managerTroubles(facts: Facts): Trouble[] {
  const cause = managerCause(facts);
  return cause === undefined ? [] : [{ about: 'managers', cause }];
}

function managerCause(facts: Facts): string | undefined {
  const { organisation, learner, manager, inspection, circle } = facts;
  if (!learner?.active) return undefined;
  const name = personNamed(facts);
  if (!organisation.provisioning.managers)
    return `managers are not assigned, so ${name} has none from Entra: ${SETTING}`;
  if (circle.length > 0) return `managers lead back to ${name}: ${[...circle, learner].map(learnerNamed).join(' → ')}`;
  if (!learner.manager) return undefined;
  const read = inspection?.manager;
  const who = read ? `${read.displayName ?? read.id} (${read.userPrincipalName})` : learner.manager.personId;
  const of = `the manager of ${name}, ${manager ? learnerNamed(manager) : who},`;
  if (read?.accountEnabled === false) return `${of} has a disabled account in Entra`;
  if (read?.isMember === false) return `${of} is not in ${groupNamed(facts, organisation.groupId ?? '')}`;
  if (!manager) return `${of} is no learner, and is linked as soon as they are`;
  if (!manager.active) return `${of} is not active: ${manager.sources.microsoft?.removal?.proof ?? 'deactivated'}`;
  return learner.manager.learnerId === null ? `${of} is being linked` : undefined;
}

/** The primary team, in one sentence. */
export function teamOf(facts: Facts): string {
  const { team } = facts;
  if (!team) return teamTroubles(facts)[0]?.cause ?? 'none';
  if (team.parentName !== null) return `${team.name}, below ${team.parentName}`;
  return `${team.name}, without a parent: teams come flat from the field department, and parents are set by hand`;
}

export function teamTroubles(facts: Facts): Trouble[] {
  const { learner, team, organisation } = facts;
  if (!learner?.active || team) return [];
  if (isByHand(facts)) {
    const cause = `department of ${personNamed(facts)}, who is a learner by hand, is empty, so they are in no team`;
    return [{ about: 'teams', cause }];
  }
  const rule = rulesOf(organisation.provisioning.mapping).find(({ field }) => field === 'department');
  const from = rule ? comesFrom(rule) : 'department';
  const mapped = from === 'department' ? '' : `, which the mapping takes the field department from,`;
  return [
    {
      about: 'teams',
      cause: `${from} of ${personNamed(facts)}${mapped} is empty in Entra, so they are in no team`,
    },
  ];
}
