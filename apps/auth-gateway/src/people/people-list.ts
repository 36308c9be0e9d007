import Type, { type Static } from 'typebox';
import type { ListOrder } from '../paging/cursor.ts';
import { type ByIndex, Next, PageQuery, readPage } from '../paging/read-page.ts';
import { countPeople, type CountPeopleDeps } from './count-people.ts';
import { peopleFilter } from './people-filter.ts';
import { PersonRow, personRows, type PersonRowDeps } from './person-row.ts';

/** What it doesn't know is refused, so that nobody takes a misspelt filter for everybody. */
export const PeopleQuery = Type.Object(
  {
    ...PageQuery.properties,
    show: Type.Union(
      [
        Type.Literal('all'),
        Type.Literal('in-group'),
        Type.Literal('active'),
        Type.Literal('deactivated'),
        Type.Literal('to-invite'),
      ],
      { default: 'all' },
    ),
    /** How a word of a name, an email or a user principal name begins. */
    q: Type.Optional(Type.String({ minLength: 2, maxLength: 100, pattern: '\\S.*\\S' })),
  },
  { additionalProperties: false },
);
export type PeopleQuery = Static<typeof PeopleQuery>;

export const PeopleList = Type.Object({
  items: Type.Array(PersonRow),
  next: Next,
  /** How many the filter lets through, shown or not. */
  total: Type.Integer({ minimum: 0 }),
});
export type PeopleList = Static<typeof PeopleList>;

export type PeopleListDeps = PersonRowDeps & CountPeopleDeps;

/** As an index has them; whoever has no name comes first. */
const byName: ListOrder = {
  name: 'people',
  keys: [
    { path: 'fields.displayName', direction: 1, type: 'string', isOptional: true },
    { path: '_id', direction: 1, type: 'string' },
  ],
};

// Whoever is searched for, or is to be invited, may be anybody, so one pass by name it is: MongoDB would begin one by each
// index to compare them.
const nameIndex: ByIndex = { organisationId: 1, 'fields.displayName': 1, _id: 1 };

/** An organisation's people, by name, page by page. @throws Problem 400 for a cursor of another list. */
export async function readPeople(
  deps: PeopleListDeps,
  organisationId: string,
  { show, q, ...page }: PeopleQuery,
): Promise<PeopleList> {
  const { learners } = deps;
  const filter = await peopleFilter(deps, organisationId, { show, ...(q === undefined ? {} : { q }) });
  const isAnybody = q !== undefined || show === 'to-invite';
  const [{ items, next }, total] = await Promise.all([
    readPage(learners, filter, byName, page, isAnybody ? nameIndex : undefined),
    q === undefined ? countPeople[show](deps, organisationId) : learners.countDocuments(filter, { hint: nameIndex }),
  ]);
  return { items: await personRows(deps, organisationId, items), next, total };
}
