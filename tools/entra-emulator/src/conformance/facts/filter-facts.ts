import type { DirectoryFile } from '../../directory/directory-file.ts';
import type { Fact, FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get } from '../requests.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';
import { advanced, eventual, holds } from './list-asks.ts';

const sku = '184efa21-98c3-4e5d-95ab-d07053a96e67';
const [adele, ben, cleo] = [userId(1), userId(2), userId(3)];
const [teams, security] = [groupId(1), groupId(2)];

function directory(): DirectoryFile {
  return contoso(
    [
      user(1, {
        displayName: 'Adele Vance',
        mail: 'adele@contoso.example',
        department: 'Sales',
        companyName: 'Contoso',
        createdDateTime: '2024-01-01T00:00:00Z',
        businessPhones: ['+44 20 1'],
        assignedLicenses: [{ skuId: sku, disabledPlans: [] }],
        identities: [
          { signInType: 'userPrincipalName', issuer: 'contoso.example', issuerAssignedId: 'adele@contoso.example' },
        ],
        onPremisesExtensionAttributes: { extensionAttribute1: 'one' },
        employeeOrgData: { division: 'North', costCenter: '1' },
      }),
      user(2, {
        displayName: "Ben O'Neil",
        mail: 'ben@fabrikam.example',
        accountEnabled: false,
        createdDateTime: '2025-01-01T00:00:00Z',
        proxyAddresses: ['SMTP:ben@fabrikam.example'],
      }),
      user(3, { displayName: 'Cleo', department: 'Sales', userType: 'Guest', createdDateTime: '2026-01-01T00:00:00Z' }),
    ],
    [
      group(1, [], {
        groupTypes: ['Unified'],
        mailEnabled: true,
        securityEnabled: false,
        resourceProvisioningOptions: ['Team'],
      }),
      group(2, [], { description: 'Locks', owners: [{ '@odata.type': '#microsoft.graph.user', id: adele }] }),
    ],
  );
}

const users = (filter: string): string => `/users?$filter=${encodeURIComponent(filter)}`;
const allOf = (count: number): string => Array.from({ length: count }, (_, n) => `'${userId(n)}'`).join(',');

function finds(filter: string, ...ids: readonly string[]): Fact {
  return {
    lines: ['3/15'],
    says: `finds users by ${filter}`,
    ask: get(users(filter)),
    status: 200,
    check: holds(...ids),
  };
}

/** A filter that works in an advanced query, and is refused in a basic one. */
function findsAdvanced(filter: string, ...ids: readonly string[]): Fact[] {
  const says = `by ${filter} in an advanced query`;
  return [
    { lines: ['3/2'], says: `finds users ${says}`, ask: advanced(users(filter)), status: 200, check: holds(...ids) },
    {
      lines: ['3/2', '8/2'],
      says: `finds users only ${says}`,
      ask: get(users(filter)),
      status: 400,
      code: filter.includes('$count') ? 'Request_BadRequest' : 'Request_UnsupportedQuery',
    },
  ];
}

/** A filter that is refused in advanced queries too. */
function refuses(filter: string, message: RegExp, code = 'Request_UnsupportedQuery'): Fact {
  const says = `refuses to find users by ${filter}`;
  return {
    lines: ['8/2'],
    says,
    ask: advanced(users(filter)),
    status: 400,
    code,
    values: { 'error.message': message },
  };
}

/** What collections can be filtered by. */
export const filterFacts: FactGroup = {
  title: '$filter',
  world: () => openFactWorld({ directory: directory() }),
  facts: [
    finds(`id eq '${ben}'`, ben),
    finds(`id in ('${ben}','${cleo}')`, ben, cleo),
    finds(`id eq '${ben}' or userPrincipalName eq 'user3@contoso.example'`, ben, cleo),
    finds(`id eq '${ben}' or department eq 'Sales'`, adele, ben, cleo),
    finds("userPrincipalName eq 'USER2@contoso.example'", ben),
    finds("mail eq 'adele@contoso.example'", adele),
    finds("department eq 'sales'", adele, cleo),
    finds("displayName eq 'Ben O''Neil'", ben),
    finds('accountEnabled eq false', ben),
    finds("userType eq 'Guest'", cleo),
    finds("department in ('Sales','HR')", adele, cleo),
    finds("startswith(displayName,'a') or startswith(mail,'ben')", adele, ben),
    finds("department eq 'Sales' and (userType eq 'Guest' or accountEnabled eq false)", cleo),
    finds('createdDateTime ge 2025-01-01T00:00:00Z', ben, cleo),
    finds('createdDateTime le 2024-06-01', adele),
    finds(`assignedLicenses/any(l:l/skuId eq ${sku})`, adele),
    finds("businessPhones/any(p:p eq '+44 20 1')", adele),
    finds("proxyAddresses/any(p:startswith(p,'smtp:ben'))", ben),
    finds("identities/any(i:i/issuer eq 'contoso.example' and i/issuerAssignedId eq 'adele@contoso.example')", adele),
    ...findsAdvanced("department ne 'Sales'", ben),
    ...findsAdvanced("not(department eq 'Sales')", ben),
    ...findsAdvanced("not startswith(displayName,'a')", ben, cleo),
    ...findsAdvanced("endswith(mail,'@fabrikam.example')", ben),
    ...findsAdvanced("companyName eq 'Contoso'", adele),
    ...findsAdvanced('department eq null', ben),
    ...findsAdvanced("businessPhones/any(p:startswith(p,'+44'))", adele),
    ...findsAdvanced('assignedLicenses/$count eq 0', ben, cleo),
    ...findsAdvanced('assignedLicenses/$count ne 0', adele),
    ...findsAdvanced("onPremisesExtensionAttributes/extensionAttribute1 eq 'one'", adele),
    ...findsAdvanced("employeeOrgData/division eq 'North'", adele),
    {
      lines: ['8/2'],
      says: 'names the parameters that endsWith wants',
      ask: get(users("endsWith(mail,'a')")),
      status: 400,
      values: {
        'error.message': /^Operator 'endsWith' is not supported because the required parameters might be missing/,
      },
    },
    {
      lines: ['8/2'],
      says: 'names ne as the directory does',
      ask: get(users('accountEnabled ne true')),
      status: 400,
      values: { 'error.message': "Filter operator 'NotEqualsMatch' is not supported." },
    },
    refuses("contains(displayName,'a')", /'Contains' is not supported/),
    refuses(
      "aboutMe eq 'x'",
      /^Unsupported or invalid query filter clause specified for property 'aboutMe' of resource 'User'/,
    ),
    refuses('createdDateTime gt 2025-01-01T00:00:00Z', /clause specified for property 'createdDateTime'/),
    refuses('assignedLicenses/$count eq 2', /clause specified for property 'assignedLicenses'/),
    refuses("identities/any(i:i/issuer eq 'contoso.example')", /clause specified for property 'identities'/),
    refuses("businessPhones/all(p:p eq '1')", /Unsupported/),
    refuses("tolower(displayName) eq 'a'", /Unsupported/),
    refuses(
      "shoeSize eq 'x'",
      /Could not find a property named 'shoeSize' on type 'microsoft.graph.user'/,
      'BadRequest',
    ),
    refuses("sing(displayName,'a')", /An unknown function with name 'sing' was found/, 'BadRequest'),
    refuses("displayName eq 'a", /^Invalid filter clause: Syntax error/, 'BadRequest'),
    refuses('displayName eq 5', /incompatible types/, 'BadRequest'),
    refuses(`id eq ${ben}`, /'Edm.String' and 'Edm.Guid'/, 'BadRequest'),
    refuses(`assignedLicenses/any(l:l/skuId eq '${sku}')`, /'Edm.Guid' and 'Edm.String'/, 'BadRequest'),
    refuses("createdDateTime ge '2025-01-01T00:00:00Z'", /'Edm.DateTimeOffset' and 'Edm.String'/, 'BadRequest'),
    refuses("not department eq 'Sales'", /unary operator/, 'BadRequest'),
    {
      lines: ['3/15'],
      says: 'takes 15 values in a list',
      ask: get(users(`id in (${allOf(15)})`)),
      status: 200,
    },
    {
      lines: ['8/2'],
      says: 'refuses 16 values in a list',
      ask: get(users(`id in (${allOf(16)})`)),
      status: 400,
      code: 'Request_UnsupportedQuery',
      values: { 'error.message': /^Too many child clauses specified .+: 16\. Max allowed: 15\.$/ },
    },
    {
      lines: ['8/2'],
      says: 'refuses 16 alternatives joined by or',
      ask: get(users(Array.from({ length: 16 }, (_, n) => `id eq '${userId(n)}'`).join(' or '))),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['3/15'],
      says: 'finds Microsoft 365 groups',
      ask: get("/groups?$filter=groupTypes/any(c:c eq 'Unified')"),
      status: 200,
      check: holds(teams),
    },
    {
      lines: ['3/15'],
      says: 'finds teams',
      ask: get("/groups?$filter=resourceProvisioningOptions/Any(x:x eq 'Team')"),
      status: 200,
      check: holds(teams),
    },
    {
      lines: ['3/2'],
      says: 'finds what is no Microsoft 365 group in an advanced query',
      ask: advanced("/groups?$filter=NOT groupTypes/any(c:c eq 'Unified')"),
      status: 200,
      check: holds(security),
    },
    {
      lines: ['3/2'],
      says: 'finds groups without owners in an advanced query',
      ask: advanced('/groups?$filter=owners/$count eq 0'),
      status: 200,
      check: holds(teams),
    },
    {
      lines: ['8/2'],
      says: 'refuses to look into owners',
      ask: advanced("/groups?$filter=owners/any(o:o/id eq 'x')"),
      status: 400,
      code: 'Request_UnsupportedQuery',
    },
    {
      lines: ['8/2'],
      says: 'refuses to find groups by when they were created, in advanced queries too',
      ask: advanced('/groups?$filter=createdDateTime ge 2021-11-01'),
      status: 400,
      code: 'Request_UnsupportedQuery',
      values: {
        'error.message':
          "Unsupported or invalid query filter clause specified for property 'createdDateTime' of resource 'Group'.",
      },
    },
    {
      lines: ['3/2'],
      says: 'counts what passes a filter',
      ask: get("/users/$count?$filter=department ne 'Sales'", eventual),
      status: 200,
      check: ({ body }) => (body === '1' ? undefined : `the count is ${String(body)}`),
    },
  ],
};
