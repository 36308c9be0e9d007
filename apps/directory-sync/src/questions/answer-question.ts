import { findGroups, GraphError } from '@learnamp/graph-client';
import type { DirectoryAnswer, WaitingRequest } from '@learnamp/sync-state';
import type { AskingContext } from '../runs/run-context.ts';
import { problemOf } from '../tasks/as-run.ts';
import { PermissionMissingError } from '../tenants/permission-missing.ts';
import { askGroup } from './ask-group.ts';
import { askPermissions } from './ask-permissions.ts';

const GROUPS_FOUND = 20;

type Found = Pick<DirectoryAnswer, 'group' | 'groups' | 'permissions' | 'problem'>;

const nothing: Found = { group: null, groups: [], permissions: [], problem: null };

/** What the directory says to a question. What it refuses to say is part of the answer. */
export async function answerQuestion(context: AskingContext, request: WaitingRequest): Promise<Found> {
  try {
    return { ...nothing, ...(await ask(context, request)) };
  } catch (error) {
    if (error instanceof GraphError && error.code === 'forbidden') {
      const missing = new PermissionMissingError('GroupMember.Read.All', "groups can't be read", { cause: error });
      return { ...nothing, problem: missing.message };
    }
    if (!isAnswer(error)) throw error;
    return { ...nothing, problem: problemOf(error) };
  }
}

const isAnswer = (error: unknown) =>
  error instanceof PermissionMissingError || (error instanceof GraphError && error.code !== 'aborted');

async function ask(
  { graph, graphAnew, organisation }: AskingContext,
  { question, lookUp = '' }: WaitingRequest,
): Promise<Partial<Found>> {
  const interactive = graph.with({ lane: 'interactive' });
  switch (question) {
    case 'group':
      return { group: await askGroup(interactive, lookUp) };
    case 'groups': {
      const found = await findGroups(interactive, lookUp, GROUPS_FOUND);
      return { groups: found.map(({ id, displayName }) => ({ id, displayName })) };
    }
    default:
      return { permissions: await askPermissions(graphAnew(), organisation.microsoft.groupId) };
  }
}
