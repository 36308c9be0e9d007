import { afterEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from '../a-browser.ts';
import { anApplication, CALLBACK, TENANT_ID } from '../a-directory.ts';
import { askForToken, GRAPH_SCOPE } from '../ask-for-token.ts';
import { openDoors } from '../doors.ts';
import { answerIn, signInUrl } from '../sign-in-url.ts';

const doors = openDoors();
const ask = askForToken.bind(undefined, doors);
afterEach(() => doors.entra.clearFaults());

const document = async (path: string) =>
  (await (await doors.send(`${doors.https}/${TENANT_ID}${path}`)).json()) as Record<string, unknown>;

describe('failNext', () => {
  it('refuses as many token requests as it was told to, in the order of the plans', async () => {
    doors.entra.failNext(90033, { endpoint: 'token', times: 2 });
    doors.entra.failNext(7000222, { endpoint: 'token' });

    const answers = [await ask(), await ask(), await ask(), await ask()];

    expect(answers.map(({ status }) => status)).toEqual([503, 503, 401, 200]);
    expect(answers[0]?.body).toMatchObject({ error: 'temporarily_unavailable', error_codes: [90033] });
    expect(answers[2]?.body).toMatchObject({ error: 'invalid_client', error_codes: [7000222] });
  });

  it('refuses at the endpoint that was named and at no other', async () => {
    doors.entra.failNext(90002, { endpoint: 'discovery' });
    doors.entra.failNext(90033, { endpoint: 'keys' });

    expect((await ask()).status).toBe(200);
    expect(await document('/v2.0/.well-known/openid-configuration')).toMatchObject({ error_codes: [90002] });
    expect(await document('/v2.0/.well-known/openid-configuration')).toHaveProperty('issuer');
    expect(await document('/discovery/v2.0/keys')).toMatchObject({ error_codes: [90033] });
    expect(await document('/discovery/v2.0/keys')).toHaveProperty('keys');
  });

  it('tells the application, the person or nobody else, as the number has it', async () => {
    const browser = aBrowser(doors);
    for (const number of [50105, 50126, 53003]) doors.entra.failNext(number, { endpoint: 'authorize' });

    const told = await browser.open(signInUrl(doors));
    const askedAgain = await browser.open(signInUrl(doors));
    const stopped = await browser.open(signInUrl(doors));

    expect(answerIn(told.url)).toMatchObject({ error: 'access_denied', state: 'the state & more' });
    expect(answerIn(told.url)['error_description']).toMatch(/^AADSTS50105: /);
    expect(askedAgain.readable).toContain('AADSTS50126');
    expect(answerIn((await browser.choose(askedAgain, 'Ada Lovelace')).url)).toHaveProperty('code');
    expect(stopped.readable).toMatch(/Sorry, we cannot sign you in.*AADSTS53003/);
  });

  it('tells an application that asked for silence of every number', async () => {
    const browser = aBrowser(doors);
    doors.entra.failNext(53003, { endpoint: 'authorize' });

    const answer = answerIn((await browser.open(signInUrl(doors, { prompt: 'none' }))).url);

    expect(answer).toMatchObject({
      error: 'interaction_required',
      error_description: expect.stringMatching(/^AADSTS53003: /),
      error_uri: 'https://login.microsoftonline.com/error?code=53003',
    });
  });

  it('fails an administrator’s consent', async () => {
    doors.entra.failNext(650056, { endpoint: 'adminconsent' });
    const { appId } = anApplication();
    const parameters = new URLSearchParams({ client_id: appId, scope: GRAPH_SCOPE, redirect_uri: CALLBACK });

    const page = await aBrowser(doors).open(`${doors.http}/${TENANT_ID}/v2.0/adminconsent?${parameters.toString()}`);

    expect(answerIn(page.url)['error_description']).toMatch(/^AADSTS650056: /);
  });

  it('knows no number that is not emulated', () => {
    expect(() => doors.entra.failNext(1, { endpoint: 'token' })).toThrow(RangeError);
  });

  it('is taken back by clearFaults', async () => {
    doors.entra.failNext(90033, { endpoint: 'token', times: 9 });
    doors.entra.clearFaults();

    expect((await ask()).status).toBe(200);
  });
});
