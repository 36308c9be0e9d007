import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deadLetterTopicOf } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { aState, personId } from '../support/events.ts';
import { type Operator, startOperatorAlone } from '../support/operator.ts';

let operator: Operator;
let folder: string;
const run: Operator['run'] = (command, options) => operator.run(command, options);
const [ADA, BOB] = [personId(1), personId(2)];

/** A document of each kind, with a text that is nowhere else. */
const documents = (organisationId: string): readonly (readonly [collection: string, document: object])[] => [
  [
    'learners',
    {
      ...{
        _id: 'lrn_ada',
        organisationId,
        active: true,
        fields: { email: 'ada@acme.example', jobTitle: 'canary-learner' },
      },
      sources: { microsoft: { personId: ADA, userPrincipalName: 'Ada@acme.example', fields: {} } },
    },
  ],
  [
    'learners',
    {
      ...{
        _id: 'lrn_bob',
        organisationId,
        active: true,
        fields: { email: 'bob@acme.example', jobTitle: 'other-learner' },
      },
      sources: { microsoft: { personId: BOB, userPrincipalName: 'bob@acme.example', fields: {} } },
      manager: { personId: ADA, learnerId: 'lrn_ada' },
    },
  ],
  [
    'personRecords',
    { _id: `${organisationId}:${ADA}`, organisationId, personId: ADA, emitted: null, note: 'canary-record' },
  ],
  ['memberships', { _id: 'm1', organisationId, learnerId: 'lrn_ada', teamId: 'canary-team' }],
  ['memberships', { _id: 'm2', organisationId, learnerId: 'lrn_bob', teamId: 'other-team' }],
  ['provisioningLog', { _id: 'l1', organisationId, learnerId: 'lrn_ada', changes: [{ new: 'canary-log' }] }],
  ['photos', { _id: 'p1', organisationId, personId: ADA, bytes: Buffer.from('canary-photo') }],
  [
    'runs',
    { _id: 'run-1', organisationId, skipped: [{ first: [{ personId: ADA }, { personId: BOB, note: 'other-run' }] }] },
  ],
  ['passwords', { _id: 'lrn_ada', organisationId, passwordHash: 'secret-of-ada' }],
  ['outbox', { _id: 'o1', to: 'ada@acme.example', text: 'canary-mail' }],
  [
    'learners',
    {
      _id: 'lrn_elsewhere',
      organisationId: 'globex',
      fields: { email: 'ada@acme.example' },
      note: 'other-organisation',
    },
  ],
];

beforeAll(async () => {
  operator = await startOperatorAlone();
  folder = await mkdtemp(join(tmpdir(), 'learnamp-export-'));
  const { bus, acme, connection } = operator;
  for (const [name, document] of documents(acme.id)) await connection.collection(name).insertOne(document);
  await bus.ensureTopics(Object.values(topics));
  await bus.publish([aState(acme.id, 1, 'CanaryState', 1), aState(acme.id, 2, 'OtherState', 2)]);
  const letter = { topic: deadLetterTopicOf('learner.commands'), partitionBy: acme.id, key: acme.id, headers: {} };
  await bus.publish([
    { ...letter, value: Buffer.from(`{"broken": "${ADA} canary-letter`) },
    { ...letter, value: Buffer.from(`{"broken": "${BOB} other-letter`) },
  ]);
}, 180_000);
afterAll(async () => {
  await operator.stop();
  await rm(folder, { recursive: true });
});

describe('export', () => {
  const canaries = ['learner', 'record', 'team', 'log', 'mail', 'letter'].map((name) => `canary-${name}`);

  it.each([
    ['their Object ID', ADA],
    ['their learner id', 'lrn_ada'],
    ['their address', 'ADA@acme.example'],
  ])('by %s writes all that is kept of a person, and nothing of others', async (what, who) => {
    const file = join(folder, `${what}.json`.replaceAll(' ', '-'));

    const ended = await run(`export --organisation acme ${who} --out ${file}`);

    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/^MongoDB +memberships +1 +0$/m);
    expect(ended.out).toMatch(/^topic +directory\.users +1 +0$/m);
    const text = await readFile(file, 'utf8');
    for (const canary of [...canaries, 'CanaryState', Buffer.from('canary-photo').toString('base64')])
      expect(text).toContain(canary);
    expect(text).not.toMatch(/other-|OtherState|secret-of-ada/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('says where what is about others names the person, without what it says of them', async () => {
    const file = join(folder, 'named.json');
    await run(`export --organisation acme ${ADA} --out ${file}`);

    const { parts } = JSON.parse(await readFile(file, 'utf8')) as { parts: { name: string; named: object[] }[] };

    const namedIn = (name: string) => parts.find((part) => part.name === name)?.named;
    expect(namedIn('learners')).toEqual([{ in: 'lrn_bob', at: ['manager.personId', 'manager.learnerId'] }]);
    expect(namedIn('runs')).toEqual([{ in: 'run-1', at: ['skipped.0.first.0.personId'] }]);
  });

  it('would find the other one just as well', async () => {
    const file = join(folder, 'bob.json');
    await run(`export --organisation acme bob@acme.example --out ${file}`);

    const text = await readFile(file, 'utf8');
    for (const other of ['other-learner', 'other-team', 'OtherState', 'other-letter']) expect(text).toContain(other);
  });

  it('writes over no file, and is refused with code 2 for nobody, for no file and without a person', async () => {
    const there = join(folder, 'named.json');
    const before = await readFile(there, 'utf8');

    expect(await run(`export --organisation acme ${ADA} --out ${there}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is there already'),
    });
    expect(await run(`export --organisation acme nobody@acme.example --out ${folder}/x`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('nobody is known by'),
    });
    expect(await run(`export --organisation acme ${ADA}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--out is missing'),
    });
    expect(await run(`export --organisation acme --out ${folder}/x`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('whom?'),
    });

    expect(await readFile(there, 'utf8')).toBe(before);
  });
});
