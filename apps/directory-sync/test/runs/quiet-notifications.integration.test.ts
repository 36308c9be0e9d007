import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { user } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';

const minute = 60_000;

jest.setTimeout(60_000);

describe('an organisation whose notifications are lost', () => {
  let system: System;

  beforeAll(async () => {
    // A second look reads people by itself: here it is over before time passes.
    system = await startSystem({ timings: { secondLookAfter: 50 } });
    await system.start();
    await system.settled();
    // The first run is over, and so are the groups that it looks at again.
    await pass(15);
  });
  afterAll(() => system.close());

  const pass = async (minutes: number) => {
    system.advance(minutes * minute);
    await system.settled();
  };
  const rename = (jobTitle: string) => system.change('PATCH', `/users/${user(1)}`, { jobTitle });
  const jobTitle = async () => (await system.learner(user(1)))?.fields.jobTitle;

  it('is followed by the fallback, and from then on every five minutes', async () => {
    await rename('unheard of');
    await pass(15);
    expect(await jobTitle()).toBe('unheard of');

    await rename('sooner');
    await pass(5);
    expect(await jobTitle()).toBe('sooner');
  });

  it('is followed every quarter of an hour again when a notification comes, even one of a stranger', async () => {
    await system.hint({ kind: 'users', objectId: user(99) });
    await system.settled();
    await pass(5);
    await rename('later');
    await pass(5);
    expect(await jobTitle()).toBe('sooner');
    await pass(10);
    expect(await jobTitle()).toBe('later');
  });

  it('is not taken for quiet because of what a notification of a stranger told', async () => {
    await system.change('PATCH', `/users/${user(6)}`, { jobTitle: 'a stranger' });
    await system.hint({ kind: 'users', objectId: user(6) });
    await system.settled();
    await pass(15);

    expect(await system.stores.workRecords.findOne().lean()).toMatchObject({ notifications: 'silent' });
  });
});
