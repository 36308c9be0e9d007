import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { passwordLinkRound } from '../../src/password-links/password-link-round.ts';
import { answer } from '../fixtures/mail-server.ts';
import { type InvitationSystem, learnerOf, startInvitationSystem } from '../fixtures/invitation-system.ts';
import { aLeaver, aUserState, someFields } from '../fixtures/states.ts';

const MINUTE = 60_000;

let system: InvitationSystem;

beforeEach(async () => {
  system = await startInvitationSystem();
  await system.database.organisation('acme', 'off');
  await system.database.users([person(1, 1)]);
}, 120_000);
afterEach(() => system.stop());

const namedBy = (number: number) => ({ fields: someFields({ email: `person${number}@example.com` }) });
const person = (number: number, version: number) => aUserState({ ...namedBy(number), person: number, version });

const ask = (commandId: string, email = 'person1@example.com') =>
  system.command(commandId, { kind: 'send-password-link', email });

const send = async () => {
  const { deps, lease } = await system.newMailer();
  while ((await passwordLinkRound(deps, lease)) > 0);
};

const links = () => system.database.passwordLinks.find().sort({ createdAt: 1 }).lean();
const addresses = () => system.mails().map(({ address }) => address);

it('goes to the learner of the address, whatever its capitals, with a link whose hash alone is kept', async () => {
  await ask('ask-1', ' Person1@EXAMPLE.com ');
  await send();

  const [mail] = system.mails();
  const token = /https:\/\/acme\.learnamp\.example\/password\/new\?token=([\w-]{43})\s/.exec(mail?.text ?? '')?.[1];
  const [link] = await links();
  expect(mail).toMatchObject({
    address: 'person1@example.com',
    subject: 'Choose a new password for acme & Sons',
    html: expect.stringContaining('acme &amp; Sons'),
  });
  expect(link).toMatchObject({
    state: 'sent',
    learnerId: learnerOf(1),
    tokenHash: createHash('sha256')
      .update(token ?? '')
      .digest('base64url'),
  });
  expect(JSON.stringify(link)).not.toContain(token);
});

it('goes to the one who may use a password where they are switched off, and to nobody else', async () => {
  await system.database.users([person(2, 2)]);
  await system.database.breakGlass('acme', learnerOf(2));
  await ask('ask-1');
  await ask('ask-2', 'person2@example.com');
  await send();

  expect(addresses()).toEqual(['person2@example.com']);
  expect((await links()).map(({ state, tokenHash }) => [state, tokenHash !== null])).toEqual([
    ['refused', false],
    ['sent', true],
  ]);
});

it('goes to nobody for an address that no learner has, or a leaver had', async () => {
  await system.database.users([person(2, 2), aLeaver({ ...namedBy(2), person: 2, version: 3 })]);
  await ask('ask-1', 'nobody@example.com');
  await ask('ask-2', 'person2@example.com');
  await send();

  expect([addresses(), await links()]).toEqual([[], []]);
});

it('is not sent to somebody who leaves before it is', async () => {
  await ask('ask-1');
  await system.database.users([aLeaver({ ...namedBy(1), person: 1, version: 2 })]);
  await send();

  expect([addresses(), (await links())[0]?.reason]).toEqual([[], 'The person is not active any more.']);
});

it('goes once, however often the command comes', async () => {
  await ask('ask-1');
  await system.database.commandOutcomes.deleteMany({});
  await ask('ask-1');
  await send();
  await system.database.commandOutcomes.deleteMany({});
  await ask('ask-1');
  await send();

  expect(addresses()).toHaveLength(1);
});

it('goes three times an hour at most, so that nobody fills a mailbox, and again an hour later', async () => {
  for (const id of ['ask-1', 'ask-2', 'ask-3', 'ask-4']) await ask(id);
  expect(await system.outcomeOf('ask-4')).toBe('The learner has been sent 3 links within the hour.');

  system.wait(61 * MINUTE);
  await ask('ask-5');

  expect(await system.outcomeOf('ask-5')).toBe('applied 1');
});

it('is tried again when the mail server says later, with another token, as long as the link lives', async () => {
  system.server.behaviour = { onRcptTo: () => answer(451, 'busy') };
  await ask('ask-1');
  await send();
  expect(await links()).toMatchObject([{ state: 'queued', tokenHash: null }]);

  system.server.behaviour = {};
  await send();
  expect([addresses(), (await links())[0]?.state]).toEqual([['person1@example.com'], 'sent']);
});

it('is given up when the link would be over', async () => {
  await ask('ask-1');
  system.wait(61 * MINUTE);
  await send();

  expect([addresses(), (await links())[0]?.reason]).toEqual([[], 'It could not be sent in time.']);
});

it('is never sent again by the mailer that follows one that died', async () => {
  await ask('ask-1');
  const dying = await system.newMailer(() => Promise.reject(new Error('died')));
  await expect(passwordLinkRound(dying.deps, dying.lease)).rejects.toThrow('died');
  await send();

  expect([addresses(), (await links())[0]?.state]).toEqual([[], 'sending']);
});
