import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { organisationModel } from '@learnamp/organisations';
import { aCompany, aUser, image, user, withPhoto } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';

jest.setTimeout(60_000);

describe('photos', () => {
  let system: System;

  beforeAll(async () => {
    const company = aCompany();
    const shown = [user(3), user(5)];
    const users = company.users.map((entry) => (shown.includes(entry.id) ? { ...entry, ...withPhoto } : entry));
    system = await startSystem({ directory: { ...company, users: [...users, aUser(7, withPhoto)] } });
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());

  const runFull = async (requestId: string) => {
    system.watched.photos.length = 0;
    await system.request({ mode: 'full', requestId });
    await system.settled();
    return system.watched.photos.map(({ personId, photo }) => [personId, photo?.mediaType ?? null]);
  };

  it('are emitted only when they changed, and those of learners only', async () => {
    expect(await runFull('nothing changed')).toEqual([]);

    await system.change('PUT', `/users/${user(4)}/photo/$value`, image);
    expect(await runFull('one was added')).toEqual([[user(4), 'image/png']]);
    expect(await runFull('nothing changed again')).toEqual([]);
  });

  it('are said to be none, once, after their removal', async () => {
    await system.change('DELETE', `/users/${user(4)}/photo/$value`);

    expect(await runFull('one was removed')).toEqual([[user(4), null]]);
    expect(await runFull('it stays removed')).toEqual([]);
  });

  it('are left as they are where they can not be read', async () => {
    system.faults.beforeRequest = ({ url }) => (url.includes('/photo') ? { status: 403 } : undefined);
    expect(await runFull('refused')).toEqual([]);
    system.faults.beforeRequest = undefined;
  });

  it('stay unread once the organisation does not want them', async () => {
    await organisationModel(system.connection).updateOne(
      { _id: system.organisation.id },
      { $set: { 'provisioning.photos': false }, $inc: { revision: 1 } },
    );
    await system.change('PUT', `/users/${user(1)}/photo/$value`, image);

    expect(await runFull('not wanted')).toEqual([]);
  });
});
