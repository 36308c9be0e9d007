import { afterEach, describe, expect, it } from '@jest/globals';
import { authorityNetwork } from '../../src/tokens/authority-network.ts';
import { graphErrorOf } from '../a-client.ts';
import { type Answer, type LocalGraph, startLocalGraph } from '../local-graph.ts';

const open: LocalGraph[] = [];
const server = async (answer: () => Answer) => {
  const started = await startLocalGraph(answer);
  open.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((started) => started.close()));
});

describe("MSAL's way to the network", () => {
  it('gives status, headers and JSON, whatever the status', async () => {
    const entra = await server(() => ({ status: 400, headers: { 'x-one': '1' }, body: { error: 'invalid_scope' } }));
    const network = authorityNetwork(new URL(entra.origin), 1000);

    const answer = await network.sendPostRequestAsync(`${entra.origin}/token`, { body: '{}' });

    expect(answer).toMatchObject({ status: 400, headers: { 'x-one': '1' }, body: { error: 'invalid_scope' } });
  });

  it('leads to the authority alone', async () => {
    const [entra, other] = [await server(() => ({ body: {} })), await server(() => ({ body: {} }))];
    const network = authorityNetwork(new URL(entra.origin), 1000);

    expect((await graphErrorOf(network.sendPostRequestAsync(`${other.origin}/token`))).code).toBe('foreign-link');
    expect(other.arrived).toEqual([]);
    await network.sendGetRequestAsync(`${entra.origin}/metadata`);
    expect(entra.arrived).toHaveLength(1);
  });

  it('is not led on by a redirect', async () => {
    const other = await server(() => ({ body: {} }));
    const entra = await server(() => ({ status: 307, headers: { location: `${other.origin}/token` } }));
    const network = authorityNetwork(new URL(entra.origin), 1000);

    expect((await graphErrorOf(network.sendPostRequestAsync(`${entra.origin}/token`))).code).toBe('token-unavailable');
    expect(other.arrived).toEqual([]);
  });

  it.each<[string, Answer, string]>([
    ['says nothing', 'hang', 'timeout'],
    ['answers half', 'cut', 'token-unavailable'],
    ['answers in HTML', { status: 502, body: '<html>' }, 'token-unavailable'],
  ])('is an error that may pass when Entra %s', async (_name, answer, code) => {
    const entra = await server(() => answer);
    const network = authorityNetwork(new URL(entra.origin), 50);

    expect(await graphErrorOf(network.sendGetRequestAsync(`${entra.origin}/x`))).toMatchObject({
      code,
      retriable: true,
    });
  });
});

describe('an authority that refuses its metadata', () => {
  const metadata = async (answer: Answer) => {
    const entra = await server(() => answer);
    const network = authorityNetwork(new URL(entra.origin), 1000);
    await network.sendGetRequestAsync(`${entra.origin}/metadata`);
    return network.discoveryRefusal();
  };

  it('is remembered, with its number', async () => {
    const body = { error: 'invalid_tenant', error_description: 'AADSTS90002: Tenant not found.' };

    expect(await metadata({ status: 400, body })).toMatchObject({
      code: 'token-refused',
      retriable: false,
      graphCode: 'AADSTS90002',
    });
  });

  it.each([200, 429, 503])('is not meant by %d', async (status) => {
    expect(await metadata({ status, body: {} })).toBeUndefined();
  });
});
