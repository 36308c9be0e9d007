import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { LeaseLostError } from '@learnamp/mongo';
import { createSmtpMail } from '../../src/mail/smtp-mail.ts';
import type { SendMail } from '../../src/mail/mail.ts';
import { lookRound } from '../../src/notices/look-round.ts';
import { claimNotices } from '../../src/notices/run-notices.ts';
import { sendRound } from '../../src/notices/send-round.ts';
import { DAY, type NoticeSystem, startNoticeSystem } from '../fixtures/notice-system.ts';

const crash = new Error('the process died');
let system: NoticeSystem;

beforeEach(async () => {
  system = await startNoticeSystem();
  await system.organisation('acme');
  await system.settings('acme', { summary: false, addresses: ['desk@it.example'] });
  await system.fullRun({ problem: 'the group was not found' });
}, 120_000);
afterEach(() => system.stop());

const dyingBefore: SendMail = () => Promise.reject(crash);
const dyingAfter: SendMail = async (mail) => {
  await createSmtpMail(system.server.settings)(mail);
  throw crash;
};
const states = async () =>
  (await system.database.noticeMails.find().sort({ queuedAt: 1 }).lean()).map(({ state }) => state);

it.each([
  ['before the mail was taken over', dyingBefore, 0],
  ['after it was', dyingAfter, 1],
])('who dies %s leaves a mail that is shown and never sent again', async (_when, dying, taken) => {
  await expect(system.round(dying)).rejects.toBe(crash);
  expect(await states()).toEqual(['sending']);

  await system.round();
  await system.round();

  expect(await states()).toEqual(['unconfirmed']);
  expect(system.mails()).toHaveLength(taken);
});

it('who dies says what is the matter once more a day later, and that it is over', async () => {
  await expect(system.round(dyingBefore)).rejects.toBe(crash);
  await system.round();
  expect(system.mails()).toEqual([]);

  system.wait(DAY);
  await system.round();
  await system.fullRun();
  await system.round();

  expect(system.mails().map(({ subject }) => subject)).toEqual([
    'acme & Sons: people are not kept up to date',
    'acme & Sons: people are kept up to date again',
  ]);
});

it('who dies between looking and sending leaves it to the next one, who sends it once', async () => {
  const { deps, lease } = await system.claim();
  await lookRound(deps, lease);

  await system.round();
  await system.round();

  expect(system.mails()).toHaveLength(1);
});

it('two never look at once, and who lost the lease queues and takes nothing', async () => {
  const former = await system.claim();
  expect(await claimNotices(former.deps, 'another')).toBeNull();
  const next = await system.claim();

  await expect(lookRound(former.deps, former.lease)).rejects.toBeInstanceOf(LeaseLostError);
  await lookRound(next.deps, next.lease);
  await expect(sendRound(former.deps, former.lease)).rejects.toBeInstanceOf(LeaseLostError);

  expect(await states()).toEqual(['queued']);
});

it('a clock that is put back has nothing sent twice', async () => {
  await system.round();
  for (const days of [-3, -1, 2, 1]) {
    system.wait(days * DAY);
    await system.round();
  }
  expect(system.mails()).toHaveLength(1);
});

it('sends twice if it marked a mail only after sending it', async () => {
  const { deps, lease } = await system.claim();
  await lookRound(deps, lease);
  const markingAfterwards = async (send: SendMail) => {
    for (const { _id: id } of await deps.noticeMails.find({ state: 'queued' }).lean()) {
      await send({ id, to: { name: '', address: 'desk@it.example' }, subject: 's', text: 't', html: 'h' });
      await deps.noticeMails.updateOne({ _id: id }, { $set: { state: 'sent' } });
    }
  };

  await expect(markingAfterwards(dyingAfter)).rejects.toBe(crash);
  await markingAfterwards(deps.send);

  expect(system.mails()).toHaveLength(2);
});
