import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { organisationModel } from '@learnamp/organisations';
import { type OperatorOfServices, startOperator } from '../support/operator.ts';

let operator: OperatorOfServices;
const run: OperatorOfServices['run'] = (command, options) => operator.run(command, options);

beforeAll(async () => {
  operator = await startOperator();
}, 180_000);
afterAll(() => operator.stop());

describe('rebuild', () => {
  it('has the marks cleared first, and then a full run made, which it follows', async () => {
    const ended = await run('rebuild --organisation acme');

    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(
      /^the marks of 1 people are cleared\nrun run-of-\S+ finished after 7 s: 40 created, 3 updated\n$/,
    );
    expect(operator.writer.commands).toEqual([
      expect.objectContaining({ organisationId: operator.acme.id, action: { kind: 'clear-applied' } }),
    ]);
    expect(operator.sync.requests).toEqual([expect.objectContaining({ mode: 'full', requestedBy: 'learnamp-ops' })]);
  });

  it('ends with 1 where the run had a problem', async () => {
    operator.sync.next({ problem: '3 people could not be read' });

    const ended = await run('rebuild --organisation acme --json');

    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.out)).toMatchObject({ cleared: 1, run: { problem: '3 people could not be read' } });
    operator.sync.next({});
  });

  it('is refused with code 2 for whom no full run would be made, and asks for nothing', async () => {
    await organisationModel(operator.connection).create({ _id: 'initech', subdomain: 'initech', name: 'Initech' });
    const before = [operator.writer.commands.length, operator.sync.requests.length];

    expect(await run('rebuild --organisation initech')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not provisioned'),
    });
    expect(await run('rebuild')).toMatchObject({ code: 2, err: expect.stringContaining('--organisation is missing') });
    expect(await run('rebuild --organisation acme --within soon')).toMatchObject({ code: 2 });
    expect(await run('rebuild --organisation acme', { env: { MONGODB_URI: operator.uri } })).toMatchObject({ code: 2 });

    expect([operator.writer.commands.length, operator.sync.requests.length]).toEqual(before);
  });

  it('asks for no run where profile-writer does not clear the marks', async () => {
    await operator.writer.stop();
    const before = operator.sync.requests.length;

    const ended = await run('rebuild --organisation acme');

    expect(ended).toMatchObject({ code: 1, out: expect.stringContaining('profile-writer has not taken it up') });
    expect(operator.sync.requests).toHaveLength(before);
  }, 60_000);
});
