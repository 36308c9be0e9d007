import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answer } from '../fixtures/mail-server.ts';
import { learnerOf } from '../fixtures/invitation-system.ts';
import { DAY, HOUR, type NoticeSystem, startNoticeSystem } from '../fixtures/notice-system.ts';

const OWNER = 'person1@example.com';
const ADMIN = 'person2@example.com';

let system: NoticeSystem;

beforeEach(async () => {
  system = await startNoticeSystem();
  await system.organisation('acme');
  await system.person(1, 'Owner');
  await system.person(2, 'Admin');
  await system.person(3);
}, 120_000);
afterEach(() => system.stop());

const fail = () => system.fullRun({ problem: 'the group was not found' });
/** Looks, and tells whom what was mailed. */
const mailed = async () => {
  await system.round();
  return system.mails().map(({ address, subject }) => [address, subject]);
};
const toBoth = (subject: string) => [OWNER, ADMIN].map((address) => [address, subject]);
const FAILS = 'acme & Sons: people are not kept up to date';
const WORKS = 'acme & Sons: people are kept up to date again';
const HELD = 'acme & Sons: 2 changes wait for approval';

describe('a failure', () => {
  it('is mailed once to the active Owners and Admins, in plain words', async () => {
    await fail();
    await system.round();

    const [mail, other] = system.mails();
    expect([mail?.address, other?.address, mail?.subject]).toEqual([OWNER, ADMIN, FAILS]);
    for (const said of [
      'Hello Person 1,',
      'the group was not found.',
      'If nobody does anything, it goes on trying.',
      'https://acme.learnamp.example/admin/runs',
      'is set at https://acme.learnamp.example/admin/settings',
    ]) {
      expect(mail?.text).toContain(said);
    }
    expect(mail?.text).toMatch(/Since Wednesday,? 25 November 2026 at 12:00 UTC/);
    expect(mail?.html).toContain('acme &amp; Sons');
    expect(await mailed()).toEqual([]);
  });

  it('is none where the last full run ended well, whatever was before it', async () => {
    await system.fullRun({ problem: 'the group was not found', startedAt: new Date(0) });
    await system.fullRun();

    expect(await mailed()).toEqual([]);
  });

  it('is told again after a day by the clock, and not before', async () => {
    await fail();
    await system.round();
    system.mails();

    system.wait(DAY - 1);
    expect(await mailed()).toEqual([]);
    system.wait(1);
    expect(await mailed()).toEqual(toBoth(FAILS));
    system.wait(2 * DAY);
    expect(await mailed()).toEqual([]);
    system.wait(DAY);
    expect(await mailed()).toEqual(toBoth(FAILS));
  });

  it('is over with one mail, to those who were told of it', async () => {
    await fail();
    await system.round();
    system.mails();
    await system.person(4, 'Owner');
    system.wait(HOUR);
    await system.fullRun();

    expect(await mailed()).toEqual(toBoth(WORKS));
    expect(await mailed()).toEqual([]);
    expect(await system.database.notices.findOne({ kind: 'failure' }).lean()).toMatchObject({ state: 'closed' });
  });

  it('that comes back is told a day after the last mail', async () => {
    await fail();
    await system.round();
    system.wait(HOUR);
    await system.fullRun();
    await system.round();
    system.mails();
    system.wait(HOUR);
    await fail();

    expect(await mailed()).toEqual([]);
    system.wait(23 * HOUR);
    expect(await mailed()).toEqual(toBoth(FAILS));
  });

  it('is that syncing failed three times in a row, and not that it did twice', async () => {
    await system.fullRun();
    await system.deps.workRecords.create({ _id: 'acme', failures: 2 });
    expect(await mailed()).toEqual([]);

    await system.deps.workRecords.updateOne({ _id: 'acme' }, { failures: 3 });
    await system.round();

    expect(system.mails()[0]?.text).toContain('it was tried several times in a row, and failed each time.');
  });

  it('is no interruption that another run follows, but one that none does', async () => {
    await system.fullRun({ stage: 'interrupted', problem: 'the worker ended' });
    expect(await mailed()).toEqual([]);
    await system.fullRun({ _id: 'next', stage: 'progressed', finishedAt: null });
    system.wait(HOUR);
    expect(await mailed()).toEqual([]);

    await system.database.runs.updateOne({ _id: 'next' }, { stage: 'interrupted', finishedAt: system.now() });
    expect(await mailed()).toEqual([]);
    system.wait(HOUR / 10);

    expect(await mailed()).toEqual(toBoth(FAILS));
  });

  it('of what is switched off is nobody’s matter, and is over without a word', async () => {
    await fail();
    await system.round();
    system.mails();
    await system.deps.organisations.updateOne({ _id: 'acme' }, { $set: { 'provisioning.enabled': false } });
    system.wait(2 * DAY);

    expect(await mailed()).toEqual([]);
    expect(await system.database.notices.findOne({ kind: 'failure' }).lean()).toMatchObject({ state: 'closed' });
  });
});

describe('changes that wait', () => {
  it('are mailed with how many there are and why, and once when they are decided', async () => {
    await system.fullRun();
    await system.hold();
    await system.round();

    const [mail, other] = system.mails();
    expect([mail?.subject, other?.subject]).toEqual([HELD, HELD]);
    expect(mail?.text).toContain('because 12 removals are over the limit.');
    expect(mail?.text).toContain('https://acme.learnamp.example/admin/held');
    await system.release();
    expect(await mailed()).toEqual(toBoth('acme & Sons: nothing waits for approval any more'));
  });
});

describe('API tokens', () => {
  it('that end within two weeks are mailed, others are not, and nothing is said when they are gone', async () => {
    await system.token('Payroll', 15);
    expect(await mailed()).toEqual([]);
    await system.token('Reports', 13);
    await system.token('Elsewhere', 13, 'globex');
    await system.round();

    const [mail] = system.mails();
    expect(mail?.subject).toBe('acme & Sons: an API token ends soon');
    expect(mail?.text).toMatch(/“Reports” on Tuesday,? 8 December 2026 at 12:00 UTC/);
    expect(mail?.text).not.toMatch(/Payroll|Elsewhere/);
    await system.deps.apiTokens.deleteMany({ name: 'Reports' });
    expect(await mailed()).toEqual([]);
    expect(await system.database.notices.findOne({ kind: 'expiry' }).lean()).toMatchObject({ state: 'closed' });
  });

  it('of which another one ends soon are told of the day after', async () => {
    await system.token('Reports', 13);
    await system.token('Payroll', 16);
    await system.round();
    system.wait(DAY);
    await system.round();
    system.mails();

    system.wait(2 * DAY);
    await system.round();

    expect(system.mails()[0]?.text).toMatch(/Reports[^]*Payroll/);
  });
});

describe('the summary', () => {
  it('comes on Monday at eight, once, with the week and what waits', async () => {
    await system.fullRun();
    await system.token('Reports', 365);
    system.wait(4 * DAY + 19 * HOUR);
    expect(await mailed()).toEqual([]);
    system.wait(HOUR);
    await system.settings('acme', { approval: false });
    await system.hold();
    await system.round();

    const [mail] = system.mails();
    expect(mail?.subject).toBe('acme & Sons: the week at Learn Amp');
    expect(mail?.text).toMatch(/The week until Monday,? 30 November 2026 at 08:00 UTC/);
    expect(mail?.text).toContain(
      'People in the group: 412. Added: 5. Deactivated: 2. Left out by the last full sync: 3.',
    );
    expect(mail?.text).toContain('What waits for a decision: 2 changes to approve, 3 invitations to send.');
    expect(await mailed()).toEqual([]);
    system.wait(7 * DAY);
    expect(await mailed()).toEqual(toBoth('acme & Sons: the week at Learn Amp'));
  });

  it('is none of an organisation whose group was never read', async () => {
    system.wait(4 * DAY + 20 * HOUR);

    expect(await mailed()).toEqual([]);
  });
});

describe('who is mailed', () => {
  it('are the addresses that are set, and nobody else', async () => {
    await system.settings('acme', { addresses: ['desk@it.example'] });
    await fail();

    expect(await mailed()).toEqual([['desk@it.example', FAILS]]);
  });

  it('is nobody where the kind is switched off, and everybody of another organisation where it is on', async () => {
    await system.organisation('globex');
    await system.settings('acme', { failure: false });
    await system.settings('globex', { addresses: ['ops@globex.example'] });
    await fail();
    await system.fullRun({ organisationId: 'globex', problem: 'consent was withdrawn' });

    expect(await mailed()).toEqual([['ops@globex.example', 'globex & Sons: people are not kept up to date']]);
    await system.settings('acme', { failure: true });
    expect(await mailed()).toEqual(toBoth(FAILS));
  });

  it('is who may be mailed when it is sent: not who has left meanwhile', async () => {
    await fail();
    system.server.behaviour = { onRcptTo: () => answer(451, 'busy') };
    await system.round();
    await system.database.learners.updateOne({ _id: learnerOf(2) }, { active: false });
    system.server.behaviour = {};
    system.wait(61_000);

    expect(await mailed()).toEqual([[OWNER, FAILS]]);
  });

  it('is nobody where nobody has an address, and whoever has one later', async () => {
    await system.database.roles.deleteMany({});
    await fail();
    expect(await mailed()).toEqual([]);
    await system.person(5, 'Owner');

    expect(await mailed()).toEqual([['person5@example.com', FAILS]]);
  });

  it('is not kept', async () => {
    await system.settings('acme', { addresses: ['desk@it.example', OWNER] });
    await fail();
    await system.round();

    const kept = [await system.database.notices.find().lean(), await system.database.noticeMails.find().lean()];
    expect(kept.map((documents) => documents.length)).toEqual([1, 2]);
    expect(JSON.stringify(kept)).not.toMatch(/@|Person/);
  });

  it('who is erased is not even kept as a hash, and others are', async () => {
    await fail();
    await system.round();
    await system.command({ kind: 'send-test-notice', notice: 'failure', learnerId: learnerOf(2) });
    expect(await system.database.noticeMails.countDocuments()).toBe(3);

    expect(await system.command({ kind: 'erase', learnerId: learnerOf(2), people: [], names: [] })).toBe('applied 1');

    expect(await system.database.noticeMails.countDocuments()).toBe(1);
  });
});

describe('a mail server', () => {
  it('that refuses one mailbox for now gets its mail again a minute later, and no other one', async () => {
    await fail();
    system.server.behaviour = { onRcptTo: (address) => (address === ADMIN ? answer(451, 'busy') : undefined) };
    expect(await mailed()).toEqual([[OWNER, FAILS]]);

    system.server.behaviour = {};
    expect(await mailed()).toEqual([]);
    system.wait(60_000);
    expect(await mailed()).toEqual([[ADMIN, FAILS]]);
  });

  it('that was away for a day gets one mail each, of what is newest, and the next a day after it', async () => {
    await fail();
    system.server.behaviour = { onMailFrom: () => answer(451, 'not now') };
    await system.round();
    system.wait(DAY);
    await system.round();
    system.server.behaviour = {};
    system.wait(HOUR);

    expect(await mailed()).toEqual(toBoth(FAILS));
    system.wait(DAY - HOUR);
    expect(await mailed()).toEqual([]);
  });

  it('that refuses for good has it shown, and is not asked again', async () => {
    await fail();
    system.server.behaviour = { onRcptTo: () => answer(550, 'No such mailbox here') };
    await system.round();
    system.server.behaviour = {};
    system.wait(HOUR);

    expect(await mailed()).toEqual([]);
    const states = await system.database.noticeMails.find().lean();
    expect(states).toMatchObject([1, 2].map(() => ({ state: 'refused', reason: '550 No such mailbox here' })));
  });

  it('that took nothing of a failure hears nothing when it is over', async () => {
    await fail();
    system.server.behaviour = { onMailFrom: () => answer(451, 'not now') };
    await system.round();
    await system.fullRun();
    system.server.behaviour = {};
    system.wait(HOUR);

    expect(await mailed()).toEqual([]);
  });
});

describe('a test', () => {
  const test = (notice: 'failure' | 'summary' = 'failure', person = 3) =>
    system.command({ kind: 'send-test-notice', notice, learnerId: learnerOf(person) });

  it('goes to whoever asks and to nobody else, and says that it is one', async () => {
    await system.settings('acme', { failure: false, addresses: ['desk@it.example'] });
    expect(await test()).toBe('applied 1');
    await system.round();

    const mails = system.mails();
    expect(mails.map(({ address, subject }) => [address, subject])).toEqual([
      ['person3@example.com', `Test: ${FAILS}`],
    ]);
    expect(mails[0]?.text).toContain('what it says is made up');
    expect(await system.database.notices.countDocuments()).toBe(0);
  });

  it('is refused to who is no learner, and the eleventh within the hour', async () => {
    expect(await test('failure', 99)).toBe('There is no such active learner.');
    for (let count = 0; count < 10; count += 1) expect(await test('summary')).toBe('applied 1');
    expect(await test()).toBe('The learner has been sent 10 tests within the hour.');
    system.wait(HOUR + 1);

    expect(await test()).toBe('applied 1');
  });
});
