import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Acme, ada, eve, inFreshWindow, mary, signInAs, startAcme } from './acme.ts';

// A browser on a busy machine.
jest.setTimeout(60_000);

let acme: Acme;

beforeAll(async () => {
  acme = await startAcme();
}, 120_000);

afterAll(() => acme.stop());

describe('signing in with a browser', () => {
  it('leads from the home page by Microsoft to the own name, and out again', async () => {
    await inFreshWindow(acme, async (page, complaints) => {
      await signInAs(acme, page, mary.name);

      await page.getByRole('heading', { name: 'Hello, Mary Somerville' }).waitFor();
      expect(page.url()).toBe(`${acme.home}/`);

      await page.getByRole('button', { name: 'Sign out' }).click();

      await page.getByRole('status').getByText('You are signed out.').waitFor();
      await page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
      expect(complaints).toEqual([]);
    });
  });

  it('shows who a learner is: title, department, manager, address and role', async () => {
    await inFreshWindow(acme, async (page) => {
      await signInAs(acme, page, ada.name);

      const card = page.getByRole('region', { name: 'Hello, Ada Lovelace' });
      await card.waitFor();
      for (const fact of ['Analyst', 'Engines', 'Mary Somerville', 'ada@acme.example', 'Owner']) {
        expect(await card.getByText(fact, { exact: true }).count()).toBe(1);
      }
    });
  });

  it('refuses somebody who is not provisioned, and says why, as whom, and with a reference that the log has', async () => {
    await inFreshWindow(acme, async (page) => {
      await signInAs(acme, page, eve.name);

      const reason = await page.getByRole('alert').textContent();
      expect(reason).toBe(
        'Your Microsoft account worked, but you are not among the people that Acme has given access to Learn Amp. Ask your Learn Amp administrator to add you to the group.',
      );
      const text = await page.locator('main').innerText();
      expect(text).toContain('Eve Outsider (eve@acme.example)');
      const [, reference] = /Reference: (\S+)/.exec(text) ?? [];
      const logged = acme.gateway.log.find((line) => line['reference'] === reference);
      expect(logged).toMatchObject({ msg: 'sign-in refused', refusal: 'not-a-learner' });
      expect(JSON.stringify(acme.gateway.log)).not.toContain('eve@acme.example');
    });
  });

  it('lets a refused person try with another account', async () => {
    await inFreshWindow(acme, async (page) => {
      await signInAs(acme, page, eve.name);
      await page.getByRole('button', { name: 'Try with another account' }).click();
      await page.getByRole('button', { name: mary.name, exact: true }).click();

      await page.getByRole('heading', { name: 'Hello, Mary Somerville' }).waitFor();
    });
  });

  it('ends at the home page after a link straight to the callback', async () => {
    await inFreshWindow(acme, async (page) => {
      const central = `http://${acme.gateway.centralHost}`;
      for (const link of [
        '/auth/callback',
        '/auth/callback?code=x&state=unknown',
        '/auth/callback?error=access_denied',
      ]) {
        await page.goto(central + link);

        expect(page.url()).toBe(`${acme.home}/`);
        expect(await page.getByRole('button', { name: 'Sign in with Microsoft' }).count()).toBe(1);
      }
    });
  });

  it("ends at the home page after a link straight to Microsoft's authorize step", async () => {
    await inFreshWindow(acme, async (page) => {
      await page.goto(authorizeLink());
      await page.getByRole('button', { name: mary.name, exact: true }).click();

      await page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
      expect(page.url()).toBe(`${acme.home}/`);
    });
  });

  it('works without JavaScript', async () => {
    await inFreshWindow(
      acme,
      async (page) => {
        await signInAs(acme, page, mary.name);

        await page.getByRole('heading', { name: 'Hello, Mary Somerville' }).waitFor();
      },
      { javaScriptEnabled: false },
    );
  });
});

/** A link that somebody else has made: right in everything but that no sign-in was begun here. */
function authorizeLink(): string {
  const { emulator, gateway } = acme;
  const url = new URL(`${emulator.httpUrl}/${emulator.tenantId}/oauth2/v2.0/authorize`);
  url.search = new URLSearchParams({
    client_id: emulator.applications[0]?.appId ?? '',
    response_type: 'code',
    redirect_uri: `http://${gateway.centralHost}/auth/callback`,
    scope: 'openid profile',
    state: 'made-up',
  }).toString();
  return url.href;
}
