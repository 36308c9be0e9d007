import type { FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get } from '../requests.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';
import { advanced, eventual, holds, holdsInOrder } from './list-asks.ts';

const [adele, ben, cleo] = [userId(1), userId(2), userId(3)];
const sortingRefused = {
  status: 400,
  code: 'Request_UnsupportedQuery',
  values: { 'error.message': 'Sorting not supported for current query.' },
} as const;

const directory = contoso(
  [
    user(1, { displayName: 'Vance, Adele', mail: 'adele@contoso.example' }),
    user(2, {
      displayName: 'ben OneVideo',
      userPrincipalName: 'zoe@contoso.example',
      mail: 'adelaide@contoso.example',
    }),
    user(3, { displayName: 'Cleo', userPrincipalName: 'abe@contoso.example', department: 'Sales' }),
  ],
  [group(1, [], { displayName: 'Video Drive', description: 'One for all' }), group(2, [], { mailEnabled: true })],
);

/** How collections are searched and sorted. */
export const searchAndOrderFacts: FactGroup = {
  title: '$search, $orderby and $count',
  world: () => openFactWorld({ directory }),
  facts: [
    {
      lines: ['3/2', '8/2'],
      says: 'refuses $search without the header',
      ask: get('/users?$search="displayName:adele"'),
      status: 400,
      code: 'Request_UnsupportedQuery',
      values: {
        'error.message':
          "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      },
    },
    {
      lines: ['3/2'],
      says: 'finds words by how they begin, without $count',
      ask: get('/users?$search="displayName:adel"', eventual),
      status: 200,
      check: holds(adele),
    },
    {
      lines: ['3/2'],
      says: 'cuts words where small letters meet capitals',
      ask: get('/users?$search="displayName:video"', eventual),
      status: 200,
      check: holds(ben),
    },
    {
      lines: ['3/2'],
      says: 'does not find a word by its middle',
      ask: get('/users?$search="displayName:dele"', eventual),
      status: 200,
      check: holds(),
    },
    {
      lines: ['3/2'],
      says: 'finds other properties by how they begin',
      ask: get('/users?$search="mail:adel"', eventual),
      status: 200,
      check: holds(adele, ben),
    },
    {
      lines: ['3/2'],
      says: 'joins clauses by OR',
      ask: get('/users?$search="displayName:cleo" OR "mail:adele"', eventual),
      status: 200,
      check: holds(adele, cleo),
    },
    {
      lines: ['3/2'],
      says: 'joins clauses by AND and brackets',
      ask: get('/groups?$search="description:one" AND ("displayName:video" OR "displayName:nothing")', eventual),
      status: 200,
      check: holds(groupId(1)),
    },
    {
      lines: ['3/2'],
      says: 'searches and filters at once',
      ask: get('/groups?$filter=mailEnabled eq true&$search="displayName:group"', eventual),
      status: 200,
      check: holds(groupId(2)),
    },
    {
      lines: ['8/2'],
      says: 'refuses a search without quotes',
      ask: get('/users?$search=displayName:room', eventual),
      status: 400,
      code: 'BadRequest',
      values: { 'error.message': /^Syntax error: character/ },
    },
    {
      lines: ['8/2'],
      says: 'refuses a search without a property',
      ask: get('/users?$search="room"', eventual),
      status: 400,
      code: 'Request_BadRequest',
    },
    {
      lines: ['8/2'],
      says: 'refuses to search by what is not indexed',
      ask: get('/users?$search="aboutMe:x"', eventual),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['3/2'],
      says: 'sorts users by name in a basic query, without regard to case',
      ask: get('/users?$orderby=displayName'),
      status: 200,
      check: holdsInOrder(ben, cleo, adele),
    },
    {
      lines: ['3/2'],
      says: 'sorts users by UPN, downwards',
      ask: get('/users?$orderby=userPrincipalName desc'),
      status: 200,
      check: holdsInOrder(ben, adele, cleo),
    },
    {
      lines: ['3/2'],
      says: 'sorts groups by name in a basic query',
      ask: get('/groups?$orderby=displayName desc'),
      status: 200,
      check: holdsInOrder(groupId(1), groupId(2)),
    },
    {
      lines: ['3/2', '8/2'],
      says: 'refuses to sort and filter at once in a basic query',
      ask: get("/users?$filter=department eq 'Sales'&$orderby=displayName"),
      ...sortingRefused,
    },
    {
      lines: ['3/2'],
      says: 'sorts and filters at once in an advanced query',
      ask: advanced("/users?$filter=startswith(mail,'adel')&$orderby=displayName"),
      status: 200,
      check: holdsInOrder(ben, adele),
    },
    {
      lines: ['3/2', '8/2'],
      says: 'refuses to sort by when users were created in a basic query',
      ask: get('/users?$orderby=createdDateTime'),
      ...sortingRefused,
    },
    {
      lines: ['3/2'],
      says: 'sorts by when users were created in an advanced query',
      ask: advanced('/users?$orderby=createdDateTime'),
      status: 200,
    },
    {
      lines: ['8/2'],
      says: 'refuses to sort by other properties in advanced queries too',
      ask: advanced('/users?$orderby=department'),
      ...sortingRefused,
    },
    {
      lines: ['8/2'],
      says: 'refuses to sort by what users do not have',
      ask: advanced('/users?$orderby=shoeSize'),
      status: 400,
      code: 'BadRequest',
    },
    {
      lines: ['3/15'],
      says: 'ignores $count=true on users without the header',
      ask: get('/users?$count=true'),
      status: 200,
      absent: ['@odata\\.count'],
      check: holds(adele, ben, cleo),
    },
    {
      lines: ['3/2'],
      says: 'counts users with the header',
      ask: advanced('/users?$top=1'),
      status: 200,
      values: { '@odata\\.count': 3 },
    },
    {
      lines: ['3/2', '8/2'],
      says: 'refuses /$count without the header',
      ask: get('/users/$count'),
      status: 400,
      code: 'Request_BadRequest',
      values: { 'error.message': '$count is not currently supported.' },
    },
    {
      lines: ['8/2'],
      says: 'refuses a $count that is neither true nor false',
      ask: get('/users?$count=yes'),
      status: 400,
      code: 'BadRequest',
    },
    {
      lines: ['8/2'],
      says: 'refuses an option that is given twice',
      ask: get('/users?$top=1&$top=2'),
      status: 400,
      code: 'BadRequest',
    },
    {
      lines: ['8/2'],
      says: 'refuses an option that OData does not have',
      ask: get('/users?$apply=x'),
      status: 400,
      code: 'BadRequest',
    },
    {
      lines: ['3/15'],
      says: 'takes options without their dollar',
      ask: get('/users?top=1&select=id'),
      status: 200,
      check: holds(adele),
    },
  ],
};
