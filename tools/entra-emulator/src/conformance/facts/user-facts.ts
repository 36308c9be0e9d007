import type { DirectoryFile } from '../../directory/directory-file.ts';
import { at } from '../check-fact.ts';
import type { Fact, FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get } from '../requests.ts';
import { contoso, user, userId } from './contoso.ts';
import { eventual, holds, idsOf } from './list-asks.ts';

const [adele, room, guest, dollar, boss] = [userId(1), userId(2), userId(3), userId(4), userId(5)];
const guestUpn = 'sam_elsewhere.example#EXT#@contoso.example';
const extension = `extension_${'ab12'.repeat(8)}_costCentre`;

const defaults = (
  'businessPhones displayName givenName id jobTitle mail mobilePhone officeLocation preferredLanguage surname ' +
  'userPrincipalName'
).split(' ');
const onRequest = (
  'accountEnabled city companyName country department employeeHireDate employeeId employeeOrgData employeeType ' +
  'externalUserState creationType identities onPremisesSyncEnabled otherMails proxyAddresses usageLocation userType state'
).split(' ');
const single = ['aboutMe', 'birthday', 'hireDate', 'skills', 'mailboxSettings', 'interests'];

function directory(): DirectoryFile {
  return contoso([
    user(1, {
      displayName: 'Adele Vance',
      userPrincipalName: 'adele@contoso.example',
      manager: { id: boss },
      department: 'Sales',
      employeeHireDate: '2031-01-01T00:00:00Z',
      onPremisesExtensionAttributes: { extensionAttribute3: 'three' },
      [extension]: 'CC-1',
    }),
    user(2, {
      displayName: 'Conf Room Adams',
      userPrincipalName: 'adams@contoso.example',
      mail: 'adams@contoso.example',
    }),
    user(3, {
      userPrincipalName: guestUpn,
      userType: 'Guest',
      creationType: 'Invitation',
      externalUserState: 'PendingAcceptance',
    }),
    user(4, { userPrincipalName: '$money@contoso.example' }),
    user(5),
  ]);
}

const selected = (names: readonly string[]): string => `$select=${names.join(',')}`;

/** What a user reads as. */
export const userFacts: FactGroup = {
  title: 'users',
  world: () => openFactWorld({ directory: directory() }),
  facts: [
    {
      lines: ['4/1'],
      says: 'reads a user as the default set of eleven properties',
      ask: get(`/users/${adele}`),
      status: 200,
      keys: defaults,
      check: ({ body }) =>
        Object.keys(body as object).length === 12 ? undefined : 'more or fewer than @odata.context and 11 properties',
    },
    {
      lines: ['4/1'],
      says: 'lists users with the same properties',
      ask: get('/users'),
      status: 200,
      keys: defaults.map((name) => `value.0.${name}`),
      check: ({ body }) => (Object.keys(at(body, 'value.0') as object).length === 11 ? undefined : 'not 11 properties'),
    },
    {
      lines: ['4/1'],
      says: 'finds a user by UPN in any case',
      ask: get('/users/ADELE@contoso.example'),
      status: 200,
      values: { id: adele },
    },
    {
      lines: ['4/1'],
      says: 'shows what was never set as null, and collections as empty',
      ask: get(`/users/${adele}`),
      status: 200,
      values: { jobTitle: null, businessPhones: [] },
    },
    { lines: ['4/2'], says: 'shows other properties only on request', ask: get(`/users/${adele}`), absent: onRequest },
    {
      lines: ['4/2'],
      says: 'shows them when they are selected',
      ask: get(`/users/${adele}?${selected(onRequest)}`),
      status: 200,
      keys: onRequest,
    },
    {
      lines: ['4/3'],
      says: 'shows nothing but what is selected, the id not even',
      ask: get(`/users/${adele}?$select=displayName,department`),
      status: 200,
      values: {
        '@odata\\.context': /\$metadata#users\(displayName,department\)\/\$entity$/,
        displayName: 'Adele Vance',
        department: 'Sales',
      },
      absent: ['id', 'userPrincipalName'],
    },
    {
      lines: ['4/3'],
      says: 'shows the id in a delta whatever is selected',
      ask: get('/users/delta?$select=displayName'),
      status: 200,
      keys: ['value.0.id'],
    },
    {
      lines: ['4/3'],
      says: 'takes the names of properties in any case, and writes them in its own',
      ask: get(`/users/${adele}?$select=DISPLAYNAME`),
      status: 200,
      values: { displayName: 'Adele Vance' },
    },
    {
      lines: ['4/3'],
      says: 'refuses to select what a user does not have',
      ask: get(`/users/${adele}?$select=shoeSize`),
      status: 400,
      code: 'BadRequest',
      values: { 'error.message': /Could not find a property named 'shoeSize' on type 'microsoft\.graph\.user'/ },
    },
    {
      lines: ['4/4'],
      says: 'shows a first day of work that is still to come',
      ask: get(`/users/${adele}?$select=employeeHireDate`),
      status: 200,
      values: { employeeHireDate: '2031-01-01T00:00:00Z' },
    },
    {
      lines: ['4/4'],
      says: 'shows hireDate of a single user',
      ask: get(`/users/${adele}?$select=hireDate`),
      status: 200,
    },
    ...single.map((name): Fact => ({
      lines: ['4/5'],
      says: `answers 501 to ${name} on the collection`,
      ask: get(`/users?$select=id,${name}`),
      status: 501,
    })),
    {
      lines: ['4/5'],
      says: 'shows the same properties of a single user',
      ask: get(`/users/${adele}?${selected(single)}`),
      status: 200,
      keys: single,
    },
    {
      lines: ['4/7'],
      says: 'shows all fifteen extension attributes, set or not',
      ask: get(`/users/${adele}?$select=onPremisesExtensionAttributes`),
      status: 200,
      values: {
        'onPremisesExtensionAttributes.extensionAttribute3': 'three',
        'onPremisesExtensionAttributes.extensionAttribute15': null,
      },
    },
    {
      lines: ['4/7'],
      says: 'refuses to select one extension attribute',
      ask: get(`/users/${adele}?$select=onPremisesExtensionAttributes/extensionAttribute3`),
      status: 400,
    },
    {
      lines: ['4/7'],
      says: 'refuses to select an extension attribute by its own name',
      ask: get(`/users/${adele}?$select=extensionAttribute3`),
      status: 400,
    },
    {
      lines: ['4/7'],
      says: 'shows a directory extension when it is selected',
      ask: get(`/users/${adele}?$select=${extension}`),
      status: 200,
      values: { [extension]: 'CC-1' },
    },
    { lines: ['4/7'], says: 'does not show it otherwise', ask: get(`/users/${adele}`), absent: [extension] },
    {
      lines: ['4/8'],
      says: 'shows a user without mail',
      ask: get(`/users/${adele}`),
      status: 200,
      values: { mail: null },
    },
    {
      lines: ['4/8'],
      says: 'lists rooms among the users',
      ask: get("/users?$filter=startswith(displayName,'Conf Room')"),
      status: 200,
      check: holds(room),
    },
    {
      lines: ['4/9'],
      says: 'shows what makes a guest',
      ask: get(`/users/${guest}?$select=userType,creationType,externalUserState,userPrincipalName`),
      status: 200,
      values: {
        userType: 'Guest',
        creationType: 'Invitation',
        externalUserState: 'PendingAcceptance',
        userPrincipalName: guestUpn,
      },
    },
    {
      lines: ['4/9'],
      says: 'finds guests by their type',
      ask: get("/users?$filter=userType eq 'Guest'"),
      status: 200,
      check: holds(guest),
    },
    {
      lines: ['4/9'],
      says: 'finds a guest by UPN when its # is encoded',
      ask: get(`/users/${guestUpn.replaceAll('#', '%23')}`),
      status: 200,
      values: { id: guest },
    },
    {
      lines: ['4/9'],
      says: 'finds a UPN that begins with $ in brackets',
      ask: get("/users('$money@contoso.example')"),
      status: 200,
      values: { id: dollar },
    },
    {
      lines: ['4/9'],
      says: 'does not find it as a segment of the path',
      ask: get('/users/$money@contoso.example'),
      status: 400,
    },
    {
      lines: ['4/10'],
      says: 'refuses $skip',
      ask: get('/users?$skip=10'),
      status: 400,
      code: 'Request_BadRequest',
      values: { 'error.message': "'$skip' is not supported by the service." },
    },
    {
      lines: ['4/12'],
      says: 'reads the manager of a user',
      ask: get(`/users/${adele}/manager`),
      status: 200,
      values: { id: boss, '@odata\\.type': '#microsoft.graph.user' },
    },
    {
      lines: ['4/12'],
      says: 'answers 404 in the name of the link when no manager is set',
      ask: get(`/users/${room}/manager`),
      status: 404,
      code: 'Request_ResourceNotFound',
      values: { 'error.message': /^Resource 'manager' does not exist/ },
    },
    {
      lines: ['4/12'],
      says: 'answers 404 in the name of the user when there is no such user',
      ask: get('/users/nobody@contoso.example/manager'),
      status: 404,
      code: 'Request_ResourceNotFound',
      values: { 'error.message': /^Resource 'nobody@contoso\.example' does not exist/ },
    },
    {
      lines: ['4/16'],
      says: 'lists direct reports, the inverse link',
      ask: get(`/users/${boss}/directReports`),
      status: 200,
      values: { 'value.0.@odata\\.type': '#microsoft.graph.user' },
      check: holds(adele),
    },
    {
      lines: ['4/16'],
      says: 'counts direct reports with the header',
      ask: get(`/users/${boss}/directReports/$count`, eventual),
      status: 200,
      check: ({ body }) => (body === '1' ? undefined : `the count is ${String(body)}`),
    },
    {
      lines: ['4/17'],
      says: 'tracks managers in a delta that selects them',
      ask: get('/users/delta?$select=displayName,manager'),
      status: 200,
      check: (answer) =>
        at(answer.body, `value.${idsOf(answer).indexOf(adele)}.manager@delta.0.id`) === boss
          ? undefined
          : 'the manager is missing',
    },
  ],
};
