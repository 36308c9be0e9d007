import type { LearnerDocument } from '@learnamp/learners';
import type { Organisation } from '@learnamp/organisations';
import Type, { type Static } from 'typebox';
import { nameOf } from '../home/profile.ts';
import { pageByName } from '../paging/page-by-name.ts';
import { Next, type PageQuery, pageQueryWith } from '../paging/read-page.ts';
import { whoManages, type WhoManagesDeps } from './who-manages.ts';

const orNull = Type.Union([Type.String(), Type.Null()]);

/** As in the summary, with `outOfScope` as `out-of-scope`. */
const Kind = Type.Union([Type.Literal('waiting'), Type.Literal('inactive'), Type.Literal('out-of-scope')]);

export const ProblemsQuery = pageQueryWith({ kind: Kind });
export type ProblemsQuery = PageQuery & { readonly kind: Static<typeof Kind> };

export const ManagerProblems = Type.Object({
  /** Active learners whose manager is not an active learner, by name. */
  items: Type.Array(
    Type.Object({
      learnerId: Type.String(),
      name: Type.String(),
      manager: Type.Object({
        /** Of one who is inactive. */
        learnerId: orNull,
        /** Their object id in Entra. */
        personId: Type.String(),
        /** Null of somebody of whom only the id is known. */
        name: orNull,
      }),
    }),
  ),
  next: Next,
});
export type ManagerProblems = Static<typeof ManagerProblems>;

/** A page of those whose manager stands like that. */
export async function readProblems(
  deps: WhoManagesDeps,
  organisation: Pick<Organisation, 'id' | 'microsoft'>,
  { kind, ...page }: ProblemsQuery,
): Promise<ManagerProblems> {
  const { managers } = await whoManages(deps, organisation);
  const those = new Map(managers.flatMap((one) => (one.standing === kind ? [[one.personId, one] as const] : [])));
  const reports = await deps.learners
    .find(
      { organisationId: organisation.id, active: true, 'manager.personId': { $in: [...those.keys()] } },
      'fields manager',
    )
    .lean<LearnerDocument[]>();
  const items = reports.flatMap((learner) => {
    const manager = those.get(learner.manager?.personId ?? '');
    if (!manager) return [];
    const { learnerId, personId, name } = manager;
    return [{ learnerId: learner._id, name: nameOf(learner), manager: { learnerId, personId, name } }];
  });
  return pageByName(`managers ${kind}`, items, page);
}
