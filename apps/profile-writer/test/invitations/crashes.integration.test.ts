import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LeaseLostError } from '@learnamp/mongo';
import fc from 'fast-check';
import { claimInvitations } from '../../src/invitations/claim-invitations.ts';
import { invitationMail } from '../../src/invitations/invitation-mail.ts';
import { mailRound, type MailRoundDeps } from '../../src/invitations/mail-round.ts';
import { claimMailer } from '../../src/invitations/run-mailer.ts';
import { recordOutcome } from '../../src/invitations/settle-invitations.ts';
import type { Mail, SendMail } from '../../src/mail/mail.ts';
import { createSmtpMail } from '../../src/mail/smtp-mail.ts';
import { type InvitationSystem, learnerOf, startInvitationSystem } from '../fixtures/invitation-system.ts';
import { aLeaver, aUserState } from '../fixtures/states.ts';

let system: InvitationSystem;

beforeEach(async () => {
  system = await startInvitationSystem();
  await system.database.organisation('acme', 'immediately');
}, 120_000);
afterEach(() => system.stop());

const crash = new Error('the process died');
const invite = (person = 1) => system.database.users([aUserState({ person, version: person })]);
const stateOf = async (person = 1) => (await system.invitationOf(person))?.state;

/** Hands the mail over and dies before anybody hears of it. */
const dyingAfter: SendMail = async (mail: Mail) => {
  await createSmtpMail(system.server.settings)(mail);
  throw crash;
};
const dyingBefore: SendMail = () => Promise.reject(crash);

describe('a mailer that dies', () => {
  it.each([
    ['after the mail was taken over', dyingAfter, 1],
    ['before it was', dyingBefore, 0],
  ])('%s leaves an invitation that is shown and never sent again', async (_when, dying, taken) => {
    await invite();
    await expect(system.mail(dying)).rejects.toBe(crash);
    expect(await stateOf()).toBe('sending');

    await system.mail();
    await system.mail();

    expect(await system.invitationOf(1)).toMatchObject({
      state: 'unconfirmed',
      reason: 'The service stopped while the mail was on its way.',
    });
    expect(system.mails()).toHaveLength(taken);
  });

  it('leaves the link of a mail that was taken over working', async () => {
    await invite();
    await expect(system.mail(dyingAfter)).rejects.toBe(crash);
    await system.mail();

    const { tokenHash, expiresAt } = (await system.invitationOf(1)) ?? {};
    expect([typeof tokenHash, expiresAt instanceof Date]).toEqual(['string', true]);
  });

  it('leaves it to a person to send it once more', async () => {
    await invite();
    await expect(system.mail(dyingAfter)).rejects.toBe(crash);
    await system.mail();

    await system.command('again', { kind: 'resend-invitation', learnerId: learnerOf(1) });
    await system.mail();

    expect([await stateOf(), system.mails().length]).toEqual(['sent', 2]);
  });

  it('sends twice if it marked an invitation only after sending it', async () => {
    await invite();
    await expect(markingAfterwards(system.mailerDeps(dyingAfter))).rejects.toBe(crash);

    await markingAfterwards(system.mailerDeps());

    expect(system.mails()).toHaveLength(2);
  });
});

describe('two mailers', () => {
  it('are never both it', async () => {
    await system.newMailer();

    expect(await claimMailer(system.mailerDeps(), 'another')).toBeNull();
  });

  it('one of whom lost the lease: it takes nothing more', async () => {
    await invite();
    const former = await system.newMailer();
    await system.newMailer();

    await expect(mailRound(former.deps, former.lease)).rejects.toBeInstanceOf(LeaseLostError);
    expect(await stateOf()).toBe('queued');
  });

  it('one of whom was thought dead: what it knows of its mail counts', async () => {
    await invite();
    const former = await system.newMailer();
    const [claimed] = await claimInvitations(former.deps, former.lease, 5);
    await system.mail();
    expect(await stateOf()).toBe('unconfirmed');

    if (claimed) await recordOutcome(former.deps, claimed, { kind: 'sent' });

    expect([claimed?.learnerId, await stateOf()]).toEqual([learnerOf(1), 'sent']);
  });

  it('one of whom speaks of an attempt that is not the last one: it is not heard', async () => {
    await invite();
    const former = await system.newMailer();
    const [claimed] = await claimInvitations(former.deps, former.lease, 5);
    await system.mail();
    await system.command('again', { kind: 'resend-invitation', learnerId: learnerOf(1) });
    await system.mail();

    if (claimed) await recordOutcome(former.deps, claimed, { kind: 'refused', reason: '550 No' });

    expect(await stateOf()).toBe('sent');
  });
});

describe('whatever comes again and whoever dies', () => {
  const history = [
    aUserState({ person: 1, version: 1 }),
    aUserState({ person: 1, version: 2, managerId: null }),
    aLeaver({ person: 1, version: 3 }),
    aUserState({ person: 1, version: 4 }),
  ];
  // Once when they came, once when they came back.
  const MOST = 2;
  const steps = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: history.length - 1 }) },
      { weight: 3, arbitrary: fc.constantFrom('mail', 'die before', 'die after') },
    ),
    { minLength: 4, maxLength: 14 },
  );

  it('nobody is invited more often than they became a learner', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const before = system.mails().length;
        for (const step of taken) await take(step);

        expect(system.mails().length - before).toBeLessThanOrEqual(MOST);
        await forget();
      }),
      { numRuns: 25 },
    );
  }, 240_000);

  async function take(step: number | string): Promise<void> {
    const state = typeof step === 'number' ? history[step] : undefined;
    if (state) await system.database.users([state]);
    else if (step === 'mail') await system.mail();
    else await system.mail(step === 'die after' ? dyingAfter : dyingBefore).catch(() => undefined);
  }

  async function forget(): Promise<void> {
    await Promise.all([system.database.learners.deleteMany({}), system.database.invitations.deleteMany({})]);
  }
});

/** What must not be: the mail first, the mark afterwards. */
async function markingAfterwards(deps: MailRoundDeps): Promise<void> {
  for (const { _id } of await deps.invitations.find({ state: 'queued' }).lean()) {
    const to = { name: 'Ada', address: 'ada@example.com' };
    const content = { id: _id, to, organisationName: 'Acme', link: 'https://acme.example', expiresAt: deps.clock() };
    await deps.send(invitationMail(content));
    await deps.invitations.updateOne({ _id }, { $set: { state: 'sent' } });
  }
}
