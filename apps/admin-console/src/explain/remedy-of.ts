import { words } from '../words/words.ts';
import { entra } from './entra.ts';
import type { Explanation, Trouble } from './explanation.ts';

export interface RemedyLink {
  readonly name: string;
  /** A page of this console, by its path, or one of Microsoft's, by its address. */
  readonly to: string;
}

/** What can be done about a trouble, and where. */
export interface Remedy {
  readonly advice: string;
  readonly links: readonly RemedyLink[];
}

const { remedies: said, links: named } = words.explain;

const here = (name: keyof typeof named, to: string): RemedyLink => ({ name: named[name], to });

/** What to do about a trouble of somebody, by what is known of them. Null where nothing but the cause can be said. */
export function remedyOf({ about }: Trouble, explanation: Explanation, groupId: string | null): Remedy | null {
  const { personId } = explanation;
  const user = personId === null ? here('users', entra.users) : here('user', entra.user(personId));
  const remedies: Readonly<Record<string, Remedy>> = {
    users: memberRemedy(explanation, user, groupId),
    'sign-in': { advice: said.signIn, links: [here('signIn', '/sign-in'), user] },
    details: { advice: said.details, links: [user, here('mapping', '/mapping')] },
    managers: { advice: said.managers, links: [user, here('managers', '/managers')] },
    teams: { advice: said.teams, links: [user, here('teams', '/teams')] },
    setup: { advice: said.setup, links: [here('microsoft', '/microsoft'), here('overview', '/')] },
  };
  return remedies[about] ?? null;
}

function memberRemedy(
  { personId, enabled, path, active, readAt }: Explanation,
  user: RemedyLink,
  groupId: string | null,
): Remedy {
  const group = groupId === null ? [] : [here('group', entra.groupMembers(groupId))];
  const waiting = [here('held', '/held'), here('conflicts', '/conflicts'), here('settings', '/settings')];
  if (active || path !== null) return { advice: said.wait, links: [...waiting, user] };
  if (personId === null) return { advice: said.search, links: [user, ...group] };
  if (enabled === false) return { advice: said.enable, links: [user] };
  if (readAt !== null) return { advice: said.join, links: [...group, user] };
  return { advice: said.returned, links: [user, ...group, ...waiting] };
}
