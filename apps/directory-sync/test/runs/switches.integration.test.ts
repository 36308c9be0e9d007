import { afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  createOrganisations,
  createSealBox,
  organisationModel,
  type ProvisioningSettings,
} from '@learnamp/organisations';
import { aDirectory, aGroup, aUser, ROOT, user } from '../support/company.ts';
import { membership, reference } from '../support/graph-driver.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const all = [1, 2, 3, 4].map(user);

jest.setTimeout(60_000);

describe('what provisioning may do', () => {
  let system: System;
  afterEach(() => system.close());

  const begin = async (provisioning: Partial<ProvisioningSettings>) => {
    const users = all.map((_, n) => aUser(n + 1));
    system = await startSystem({ directory: aDirectory(users, [aGroup(0, all.slice(0, 3))]), provisioning });
    await system.start();
    await system.settled();
  };
  const set = async (provisioning: Partial<ProvisioningSettings>) => {
    const model = organisationModel(system.connection);
    // Nothing is opened here, so any keys will do.
    const seals = createSealBox(
      { current: { id: 'x', key: Buffer.alloc(32) }, find: () => undefined },
      Buffer.alloc(32),
    );
    await createOrganisations(model, seals).changeProvisioning(system.organisation.id, provisioning);
    await until('the change is noticed', async () => {
      const { revision } = await model.findById(system.organisation.id).lean().orFail();
      const record = await system.stores.workRecords.findById(system.organisation.id).lean();
      return record?.settledRevision === revision;
    });
    await system.settled();
  };
  const hint = async (kind: 'users' | 'groups', objectId: string) => {
    await system.hint({ kind, objectId });
    await system.settled();
  };
  const come = async (personId: string) => {
    await system.change('POST', `/groups/${ROOT}/members/$ref`, reference(personId));
    await hint('groups', ROOT);
  };
  const leave = async (personId: string) => {
    await system.change('DELETE', membership(ROOT, personId));
    await hint('groups', ROOT);
  };

  it('makes no learners while creation is off, and makes them when it is on again', async () => {
    await begin({});
    await set({ create: false });
    await come(user(4));
    expect(await system.active()).toEqual(all.slice(0, 3));

    await set({ create: true });
    expect(await system.active()).toEqual(all);
  });

  it('leaves details alone while updates are off, and catches up when they are on again', async () => {
    await begin({});
    await set({ update: false });
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle: 'Pilot' });
    await hint('users', user(1));
    expect((await system.learner(user(1)))?.fields.jobTitle).not.toBe('Pilot');

    await set({ update: true });
    expect((await system.learner(user(1)))?.fields.jobTitle).toBe('Pilot');
  });

  it('deactivates nobody while deactivation is off, whatever the cause, and does when it is on again', async () => {
    await begin({});
    await set({ deactivate: false });
    await leave(user(1));
    await system.change('PATCH', `/users/${user(2)}`, { accountEnabled: false });
    await hint('users', user(2));
    expect(await system.active()).toEqual(all.slice(0, 3));

    await set({ deactivate: true });
    expect(await system.active()).toEqual([user(3)]);
  });

  it('deactivates nobody who is deleted either, and does when it is on again', async () => {
    await begin({});
    await set({ deactivate: false });
    await system.change('DELETE', `/users/${user(1)}`);
    await hint('users', user(1));
    system.advance(4 * MINUTE);
    await hint('users', user(1));
    expect(await system.active()).toEqual(all.slice(0, 3));

    await set({ deactivate: true });
    system.advance(4 * MINUTE);
    await system.settled();
    expect(await system.active()).toEqual([user(2), user(3)]);
  });

  it('keeps people who fall out of scope until their grace is over', async () => {
    await begin({ outOfScope: { keep: true, graceDays: 30 } });
    await leave(user(1));
    system.advance(29 * DAY);
    await hint('groups', ROOT);
    expect(await system.active()).toEqual(all.slice(0, 3));

    system.advance(2 * DAY);
    await hint('groups', ROOT);
    expect(await system.active()).toEqual([user(2), user(3)]);
  });

  it('gives whoever comes back and leaves again a grace of their own', async () => {
    await begin({ outOfScope: { keep: true, graceDays: 30 } });
    await leave(user(1));
    system.advance(20 * DAY);
    await come(user(1));
    await leave(user(1));

    system.advance(20 * DAY);
    await hint('groups', ROOT);
    expect(await system.active()).toEqual(all.slice(0, 3));
  });

  it('keeps them for good without a number of days, until the setting changes', async () => {
    await begin({ outOfScope: { keep: true, graceDays: null } });
    await leave(user(1));
    system.advance(400 * DAY);
    await hint('groups', ROOT);
    expect(await system.active()).toEqual(all.slice(0, 3));

    await set({ outOfScope: { keep: false, graceDays: null } });
    expect(await system.active()).toEqual([user(2), user(3)]);
  });

  it('deactivates who is disabled or deleted all the same', async () => {
    await begin({ outOfScope: { keep: true, graceDays: null } });
    await system.change('PATCH', `/users/${user(2)}`, { accountEnabled: false });
    await hint('users', user(2));

    expect(await system.active()).toEqual([user(1), user(3)]);
  });
});
