import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DirectoryFile } from '@learnamp/entra-emulator';
import { aDirectory, aGroup, aUser, group, noLimits, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';

jest.setTimeout(60_000);

const device = '30000000-0000-4000-8000-000000000001';
const contact = '40000000-0000-4000-8000-000000000001';
const [DYNAMIC, UNIFIED, LARGE, HELPDESK] = [1, 2, 3, 4].map(group) as [string, string, string, string];

/** A root of nested groups of each kind, and members of each kind beside people. */
function aMixedCompany(): DirectoryFile {
  const unified = { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false, mailNickname: 'all' };
  const dynamic = {
    groupTypes: ['DynamicMembership'],
    membershipRule: 'user.department -eq "Sales"',
    membershipRuleProcessingState: 'On',
  };
  const root = aGroup(0, [user(1), DYNAMIC, UNIFIED, LARGE, HELPDESK]);
  const directory = aDirectory(
    [
      aUser(1),
      aUser(2),
      aUser(3),
      aUser(4, {
        userType: 'Guest',
        userPrincipalName: 'gina_fabrikam.example#EXT#@contoso.example',
        mail: 'gina@fabrikam.example',
      }),
      ...Array.from({ length: 12 }, (_none, index) => aUser(10 + index)),
      aUser(30),
    ],
    [
      {
        ...root,
        members: [
          ...(root.members ?? []),
          { '@odata.type': '#microsoft.graph.device', id: device },
          { '@odata.type': '#microsoft.graph.orgContact', id: contact },
        ],
      },
      { ...aGroup(1, [user(2)]), ...dynamic },
      { ...aGroup(2, [user(3), user(4)]), ...unified },
      aGroup(
        3,
        Array.from({ length: 11 }, (_none, index) => user(10 + index)),
      ),
      aGroup(4, [user(30)]),
    ],
  );
  return {
    ...directory,
    devices: [{ id: device, displayName: 'A laptop' }],
    contacts: [{ id: contact, displayName: 'A supplier' }],
  };
}

describe('the members of a root group of mixed kinds', () => {
  let system: System;

  beforeAll(async () => {
    system = await startSystem({ directory: aMixedCompany(), provisioning: { limits: noLimits } });
    // Small pages, so that a group of a dozen comes in slices, as one of thousands does.
    system.faults.beforeRequest = ({ url }) =>
      url.includes('delta') ? { delta: { pageSize: 2, linksPerPage: 4 } } : {};
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(() => {
    system.watched.states.length = 0;
    system.watched.markers.length = 0;
  });

  const hinted = async (kind: 'users' | 'groups', objectId: string) => {
    await system.hint({ kind, objectId });
    await system.settled();
  };
  const runFull = async () => {
    await system.request({ requestId: `full-${system.watched.markers.length}`, mode: 'full' });
    await system.settled();
  };
  const isActive = async (n: number) => (await system.active()).includes(user(n));

  it('are the people of dynamic, Microsoft 365 and security groups, and neither devices nor contacts', async () => {
    const people = [1, 2, 3, 4, 30, ...Array.from({ length: 11 }, (_none, index) => 10 + index)].map(user).sort();

    expect(await system.active()).toEqual(people);
  });

  it('are guests too, with the mailbox they come with', async () => {
    const { userType, mail, fields } = (await system.learner(user(4)))?.sources.microsoft ?? {};

    expect([userType, mail]).toEqual(['Guest', 'gina@fabrikam.example']);
    expect(fields?.email).toContain('#EXT#');
  });

  it('of a large group stay when its slices tell of one who came and one who went', async () => {
    await system.change('POST', `/groups/${LARGE}/members/$ref`, reference(user(21)));
    await system.change('DELETE', membership(LARGE, user(10)));
    await hinted('groups', LARGE);

    expect([await isActive(21), await isActive(10)]).toEqual([true, false]);
    for (let n = 11; n <= 20; n++) expect(await isActive(n)).toBe(true);
  });

  it('of a group that is emptied leave, all of them, and come back with it', async () => {
    await system.change('DELETE', membership(HELPDESK, user(30)));
    await hinted('groups', HELPDESK);
    expect((await system.learner(user(30)))?.sources.microsoft?.removal?.cause).toBe('left');

    await system.change('POST', `/groups/${HELPDESK}/members/$ref`, reference(user(30)));
    await hinted('groups', HELPDESK);
    expect(await isActive(30)).toBe(true);
  });

  it('of a Microsoft 365 group that is deleted leave, and come back when it is restored', async () => {
    await system.change('DELETE', `/groups/${UNIFIED}`);
    await hinted('groups', UNIFIED);
    expect([await isActive(3), await isActive(4)]).toEqual([false, false]);

    await system.change('POST', `/directory/deletedItems/${UNIFIED}/restore`);
    await hinted('groups', UNIFIED);
    await runFull();
    expect([await isActive(3), await isActive(4)]).toEqual([true, true]);
  });

  it('who are deleted and still listed by their group are gone all the same, and come back as members when restored', async () => {
    await system.change('DELETE', `/users/${user(2)}`);
    await hinted('users', user(2));
    system.advance(6 * 60_000);
    await system.settled();
    expect((await system.learner(user(2)))?.sources.microsoft?.removal?.cause).toBe('deleted');

    await system.change('POST', `/directory/deletedItems/${user(2)}/restore`);
    await hinted('users', user(2));
    expect(await isActive(2)).toBe(true);
  });

  it('are not lost to a first round that tells of whoever was removed before it', async () => {
    await system.stores.deltaLinks.deleteMany({ organisationId: system.organisation.id });
    await system.change('DELETE', `/users/${user(21)}`);
    await runFull();
    system.advance(6 * 60_000);
    await runFull();

    expect(await isActive(21)).toBe(false);
    expect(await isActive(20)).toBe(true);
  });

  it('stay as they are when pages come twice or are empty', async () => {
    const before = await system.active();
    let asked = 0;
    system.faults.beforeRequest = ({ url }) => {
      if (!url.includes('/members') && !url.includes('delta')) return undefined;
      asked += 1;
      return asked % 2 === 0 ? { emptyPage: true } : undefined;
    };
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: 'Baker' });
    await runFull();
    await hinted('users', user(1));
    system.faults.beforeRequest = undefined;

    expect(asked).toBeGreaterThan(3);
    expect(await system.active()).toEqual(before);
    expect((await system.learner(user(1)))?.fields.jobTitle).toBe('Baker');
  });
});
