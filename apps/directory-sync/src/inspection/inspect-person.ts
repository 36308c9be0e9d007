import { type DirectoryPerson, type FieldMapping, mappingProblems, rulesOf } from '@learnamp/directory';
import { checkMemberGroups, groupsOf, GraphError, type Person, readPerson } from '@learnamp/graph-client';
import { expressionProperties } from '@learnamp/organisations';
import type { InspectedField, InspectedPerson, Inspection } from '@learnamp/sync-state';
import { rootGroup } from '../group-tree/walk-group-tree.ts';
import { mapPeople } from '../mapping/map-people.ts';
import { personProperties } from '../mapping/person-properties.ts';
import { personOf } from '../runs/read-directory-people.ts';
import type { RunContext } from '../runs/run-context.ts';
import { problemOf } from '../tasks/as-run.ts';
import { PermissionMissingError } from '../tenants/permission-missing.ts';

type Found = Omit<Inspection, '_id' | 'organisationId' | 'at' | 'lookUp'>;
type Mutable = { -readonly [Name in keyof Found]: Found[Name] };
type Context = Pick<RunContext, 'graph' | 'organisation' | 'expressions'>;

/**
 * Reads what the directory says of a person, by object id or user principal name: whether they are there, enabled and in
 * the group, by which groups, who their manager is, and what each field would be: by the organisation's own mapping, or by
 * one that is tried. What can't be read ends it, as the problem.
 */
export async function inspectPerson(context: Context, lookUp: string, tried?: FieldMapping): Promise<Found> {
  const found: Mutable = { root: null, person: null, groups: [], manager: null, fields: [], problem: null };
  // It comes from a topic, not from the settings, which were checked when they were set.
  const problems = tried ? mappingProblems(tried, expressionProperties) : [];
  if (problems.length > 0) return { ...found, problem: `this mapping can't be used: ${problems.join('; ')}` };
  const { graph, organisation } = context;
  const by = tried ? { ...organisation, provisioning: { ...organisation.provisioning, mapping: tried } } : organisation;
  try {
    await inspect({ ...context, organisation: by, graph: graph.with({ lane: 'interactive' }) }, lookUp, found);
  } catch (error) {
    if (!isAnswer(error)) throw error;
    found.problem = problemOf(error);
  }
  return found;
}

/** Something that Graph or Entra said, or did not say: whoever asks is to know it. */
const isAnswer = (error: unknown) =>
  error instanceof PermissionMissingError || (error instanceof GraphError && error.code !== 'aborted');

async function inspect(context: Context, lookUp: string, found: Mutable): Promise<void> {
  const { graph, organisation } = context;
  const root = await rootGroup(graph, organisation.microsoft.groupId);
  found.root = root ? { id: root.id, displayName: root.displayName } : null;
  const read = await readPerson(graph, lookUp, { select: personProperties(organisation) });
  if (read.kind === 'unreadable' || (read.kind === 'failed' && read.error.code === 'forbidden')) {
    throw new PermissionMissingError('User.Read.All', "people can't be read");
  }
  if (read.kind === 'failed') throw read.error;
  const person = read.kind === 'found' ? personOf(read.person, true) : undefined;
  if (read.kind !== 'found' || !person) return;
  found.person = { ...(await inspected(context, read.person)), userType: isGuest(person) ? 'Guest' : 'Member' };
  found.groups = (await groupsOf(graph, person.id)).map(({ id, displayName }) => ({ id, displayName }));
  found.fields = await fieldsOf(context, person);
  if (organisation.provisioning.managers && person.managerId) {
    const manager = await readPerson(graph, person.managerId, { select: personProperties(organisation) });
    if (manager.kind === 'found') found.manager = await inspected(context, manager.person);
  }
}

async function inspected({ graph, organisation }: Context, { id, properties }: Person): Promise<InspectedPerson> {
  const { displayName, userPrincipalName, accountEnabled } = properties;
  const { groupId } = organisation.microsoft;
  return {
    id,
    displayName: typeof displayName === 'string' ? displayName : null,
    userPrincipalName: typeof userPrincipalName === 'string' ? userPrincipalName : '',
    accountEnabled: accountEnabled === true,
    isMember: (await checkMemberGroups(graph, id, [groupId])).length > 0,
  };
}

const isGuest = ({ userType }: DirectoryPerson) => userType?.toLowerCase() === 'guest';

async function fieldsOf(
  { organisation: { provisioning }, expressions }: Context,
  person: DirectoryPerson,
): Promise<InspectedField[]> {
  const { mapping } = provisioning;
  const [mapped] = await mapPeople({ mapping, expressions }, { unreadableFields: new Map() }, [person]);
  if (!mapped) return [];
  const values = new Map<string, string | null>([
    ...Object.entries(mapped.fields),
    ...Object.entries(mapped.customFields).map(([id, value]) => [`customFields.${id}`, value] as const),
  ]);
  const problems = new Map(mapped.problems.map(({ field, problem }) => [field, problem]));
  return rulesOf(mapping).map(({ field }) => ({
    field,
    value: values.get(field) ?? null,
    problem: problems.get(field) ?? null,
  }));
}
