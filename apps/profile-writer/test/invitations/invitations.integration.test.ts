import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mailRound } from '../../src/invitations/mail-round.ts';
import { answer } from '../fixtures/mail-server.ts';
import { type InvitationSystem, learnerOf, startInvitationSystem } from '../fixtures/invitation-system.ts';
import { aLeaver, aUserState, someFields } from '../fixtures/states.ts';

const DAY = 24 * 3_600_000;

let system: InvitationSystem;

beforeEach(async () => {
  system = await startInvitationSystem();
}, 120_000);
afterEach(() => system.stop());

const organisation = (mode: 'off' | 'immediately' | 'held') => system.database.organisation('acme', mode);
const apply = (...states: Parameters<typeof system.database.users>[0]) => system.database.users(states);
const addresses = () => system.mails().map(({ address }) => address);
const stateOf = async (person: number) => (await system.invitationOf(person))?.state;

describe('an invitation at once', () => {
  beforeEach(() => organisation('immediately'));

  it('goes to whoever becomes a learner, with a link whose hash alone is kept', async () => {
    await apply(aUserState({ person: 1, version: 1 }));
    await system.mail();

    const [mail] = system.mails();
    const token = /https:\/\/acme\.learnamp\.example\/invitation\?token=([\w-]{43})\s/.exec(mail?.text ?? '')?.[1];
    const invitation = await system.invitationOf(1);
    expect(mail).toMatchObject({
      address: 'person1@example.com',
      subject: 'Your invitation to learn with acme & Sons',
    });
    expect(mail?.html).toContain(`https://acme.learnamp.example/invitation?token=${token}`);
    expect(mail?.html).toContain('acme &amp; Sons');
    expect(invitation).toMatchObject({ state: 'sent', tokenHash: hashOf(token ?? ''), address: 'person1@example.com' });
    expect(invitation?.expiresAt).toEqual(new Date(system.now().getTime() + 7 * DAY));
    expect(JSON.stringify(invitation)).not.toContain(token);
  });

  it('goes once, whatever comes again and whatever changes', async () => {
    const first = aUserState({ person: 1, version: 1 });
    await apply(first);
    await system.mail();

    await apply(first, aUserState({ person: 1, version: 2, fields: someFields({ jobTitle: 'Countess' }) }), first);
    await system.database.learners.deleteMany({});
    await apply(first);
    await system.mail();

    expect(addresses()).toEqual(['person1@example.com']);
  });

  it('goes to the mail address of a guest', async () => {
    const guest = { userType: 'Guest', userPrincipalName: 'ada_home.example#EXT#@acme.example' } as const;
    await apply(
      aUserState({ person: 1, version: 1, ...guest, mail: 'ada@home.example' }),
      aUserState({ person: 2, version: 2, ...guest, userPrincipalName: 'bo_home.example#EXT#@acme.example' }),
    );
    await system.mail();

    expect(addresses()).toEqual(['ada@home.example']);
    expect(await system.invitationOf(2)).toMatchObject({
      state: 'refused',
      reason: 'There is no address that can receive mail.',
    });
  });

  it('waits while its learner is not there yet', async () => {
    const dying = system.database.writerWith(() => ({ saveLearners: () => Promise.reject(new Error('died')) }));
    const state = aUserState({ person: 1, version: 1 });
    await expect(dying([state])).rejects.toThrow('died');
    await system.mail();
    expect([await stateOf(1), addresses()]).toEqual(['queued', []]);

    await apply(state);
    await system.mail();

    expect([await stateOf(1), addresses()]).toEqual(['sent', ['person1@example.com']]);
  });

  it('is withdrawn when the person leaves before it is sent, and comes anew when they return', async () => {
    await apply(aUserState({ person: 1, version: 1 }), aLeaver({ person: 1, version: 2 }));
    await system.mail();
    expect([await stateOf(1), addresses()]).toEqual(['withdrawn', []]);

    await apply(aUserState({ person: 1, version: 3 }));
    await system.mail();

    expect([await stateOf(1), addresses()]).toEqual(['sent', ['person1@example.com']]);
  });

  it('loses its link when the person leaves, and has another when they return', async () => {
    await apply(aUserState({ person: 1, version: 1 }));
    await system.mail();
    const before = await system.invitationOf(1);
    await apply(aLeaver({ person: 1, version: 2 }));
    expect((await system.invitationOf(1))?.tokenHash).toBeNull();

    await apply(aUserState({ person: 1, version: 3 }), aUserState({ person: 1, version: 1 }));
    await system.mail();

    expect(addresses()).toHaveLength(2);
    expect((await system.invitationOf(1))?.tokenHash).not.toBe(before?.tokenHash);
  });

  it('does not come to somebody who has come before', async () => {
    await apply(aUserState({ person: 1, version: 1 }));
    await system.command('accept-1', { kind: 'accept-invitation', learnerId: learnerOf(1) });
    await apply(aLeaver({ person: 1, version: 2 }), aUserState({ person: 1, version: 3 }));
    await system.mail();

    expect([await stateOf(1), addresses()]).toEqual(['redeemed', []]);
  });

  it('is never renewed by a writer who lingers with something older', async () => {
    const [first, left, back] = [
      aUserState({ person: 1, version: 1 }),
      aLeaver({ person: 1, version: 2 }),
      aUserState({ person: 1, version: 3 }),
    ];
    await apply(first, left);
    const lingering = system.database.writerWith((access) => ({
      loadLearners: async (ids) => {
        const stored = await access.loadLearners(ids);
        await apply(back, aLeaver({ person: 1, version: 4 }));
        return stored;
      },
    }));

    await lingering([back]);
    await system.mail();

    expect([await stateOf(1), addresses()]).toEqual(['withdrawn', []]);
  });
});

describe('an invitation that is held', () => {
  beforeEach(async () => {
    await organisation('held');
    await apply(...[1, 2, 3].map((person) => aUserState({ person, version: person })));
    await system.mail();
  });

  it('waits for an administrator', async () => {
    expect([await stateOf(1), addresses()]).toEqual(['held', []]);
  });

  it('is sent when all are', async () => {
    await system.command('send', { kind: 'send-invitations' });
    await system.mail();

    expect(addresses().sort()).toEqual([1, 2, 3].map((person) => `person${person}@example.com`));
    expect(await system.outcomeOf('send')).toBe('applied 3');
  });

  it('is sent when it is selected, and once however often the command comes', async () => {
    for (let times = 0; times < 2; times += 1) {
      await system.command('send', { kind: 'send-invitations', learnerIds: [learnerOf(2)] });
      await system.mail();
    }

    expect([addresses(), await stateOf(1)]).toEqual([['person2@example.com'], 'held']);
    expect(await system.outcomeOf('send')).toBe('applied 1');
  });

  it('is not sent to somebody who has come without it', async () => {
    await system.command('accept', { kind: 'accept-invitation', learnerId: learnerOf(1) });
    await system.command('send', { kind: 'send-invitations', learnerIds: [learnerOf(1)] });
    await system.mail();

    expect(addresses()).toEqual([]);
    expect(await system.outcomeOf('send')).toBe('None of these invitations is held.');
  });

  it('is none of the business of another organisation', async () => {
    await system.database.invitations.updateMany({}, { organisationId: 'globex' });
    await system.command('send', { kind: 'send-invitations' });
    await system.command('resend', { kind: 'resend-invitation', learnerId: learnerOf(1) });

    expect(await system.outcomeOf('resend')).toBe('There is no such invitation.');
    expect(await system.database.invitations.countDocuments({ state: 'held' })).toBe(3);
  });
});

describe('where nobody is to be invited', () => {
  it('there is no invitation', async () => {
    await organisation('off');
    await apply(aUserState({ person: 1, version: 1 }));

    expect(await system.invitationOf(1)).toBeNull();
  });
});

describe('the mail server', () => {
  beforeEach(async () => {
    await organisation('immediately');
    await apply(aUserState({ person: 1, version: 1 }));
  });

  it('may refuse, in its words, and an administrator sends it once more', async () => {
    system.server.behaviour = { onRcptTo: () => answer(550, 'No such mailbox here') };
    await system.mail();
    await system.mail();
    expect(await system.invitationOf(1)).toMatchObject({
      state: 'refused',
      reason: '550 No such mailbox here',
      attempt: 1,
    });

    system.server.behaviour = {};
    for (let times = 0; times < 2; times += 1) {
      await system.command('again', { kind: 'resend-invitation', learnerId: learnerOf(1) });
      await system.mail();
    }

    expect([await stateOf(1), addresses()]).toEqual(['sent', ['person1@example.com']]);
  });

  it('may be away, and then it is tried again, later and later', async () => {
    system.server.behaviour = { onRcptTo: () => answer(451, 'Try again later') };
    const { deps, lease } = await system.newMailer();
    const attemptsAfter = async (ms: number) => {
      system.wait(ms);
      await mailRound(deps, lease);
      return (await system.invitationOf(1))?.attempt;
    };

    expect(await attemptsAfter(0)).toBe(1);
    expect(await system.invitationOf(1)).toMatchObject({ state: 'queued', reason: '451 Try again later' });
    expect(await attemptsAfter(59_000)).toBe(1);
    expect(await attemptsAfter(1_000)).toBe(2);
    expect(await attemptsAfter(119_000)).toBe(2);
    system.server.behaviour = {};
    expect(await attemptsAfter(1_000)).toBe(3);

    expect([await stateOf(1), addresses()]).toEqual(['sent', ['person1@example.com']]);
  });

  it('is not asked again while a link works, and is once it has ended', async () => {
    await system.mail();
    await system.command('early', { kind: 'resend-invitation', learnerId: learnerOf(1) });
    await system.mail();
    expect(await system.outcomeOf('early')).toBe('The invitation was sent, and its link still works.');

    system.wait(7 * DAY);
    await system.command('late', { kind: 'resend-invitation', learnerId: learnerOf(1) });
    await system.mail();

    expect(addresses()).toHaveLength(2);
  });
});

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
