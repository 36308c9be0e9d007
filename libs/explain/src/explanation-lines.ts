import type { Explanation } from './explain.ts';

/** The explanation for a person to read: what it is about, and what is said of it. */
export function explanationLines(explanation: Explanation): (readonly [about: string, said: string])[] {
  const { path, enabled, fields, lastChange, nextChance, readAt, troubles } = explanation;
  const when = (at: Date | null) => at?.toISOString() ?? 'with the next full run';
  return [
    ['person', explanation.name],
    ['asked', readAt ? `the directory, at ${when(readAt)}` : 'what is stored, not the directory'],
    ['learner', explanation.active ? 'active' : 'not active'],
    ['path', path ? path.map(({ id, name }) => name ?? id).join(' → ') : 'in none of the groups that were read'],
    ...(enabled === null ? [] : [['account', enabled ? 'enabled in Entra' : 'disabled in Entra'] as const]),
    ['match', explanation.match],
    ...fields.map(({ field, from, value, note }) => {
      const shown = value === null ? '(empty)' : value;
      return [field, `${shown}, from ${from}${note === null ? '' : `; ${note}`}`] as const;
    }),
    ['manager', explanation.manager],
    ['team', explanation.team],
    ['last change', lastChange ? `${lastChange.action} at ${when(lastChange.at)} by run ${lastChange.runId}` : 'none'],
    ['next chance', nextChance ? `changes ${when(nextChance.changes)}, full ${when(nextChance.full)}` : 'unknown'],
    ['can sign in', explanation.canSignIn ? 'yes' : 'no'],
    ...troubles.map(({ about, cause }) => [`cause: ${about}`, cause] as const),
  ];
}
