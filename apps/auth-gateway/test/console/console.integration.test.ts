import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from '@learnamp/testkit';
import { readConsole } from '../../src/console/console-routes.ts';
import { anOwnerAndALearner } from '../fixtures/an-owner-and-a-learner.ts';
import { aWorld, createBrowser, type World } from '../fixtures/world.ts';

let world: World;
let owner: Browser;
let learner: Browser;

beforeAll(async () => {
  world = await aWorld();
  ({ owner, learner } = await anOwnerAndALearner(world));
}, 120_000);

afterAll(() => world.stop());

const scriptOf = (page: string) => /src="(\/admin\/assets\/[\w.-]+\.js)"/u.exec(page)?.[1] ?? '';

/** What the service answers without a browser in between, which would unpack it. */
const asset = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${world.gateway.port}${path}`, { headers });

describe('the console', () => {
  it('is one page at all its addresses, for an Owner, kept by no cache', async () => {
    const [overview, runs] = [await owner.get(`${world.home}/admin`), await owner.get(`${world.home}/admin/runs/r1`)];

    expect([overview.status, runs.status]).toEqual([200, 200]);
    expect(runs.body).toBe(overview.body);
    expect(overview.headers['cache-control']).toBe('no-store');
    expect(overview.headers['content-security-policy']).toContain("script-src 'self';");
    expect(overview.body).not.toMatch(/<style|style="|onload=/u);
  });

  it('is not for learners', async () => {
    expect((await learner.get(`${world.home}/admin`)).status).toBe(403);
  });

  it('leads a stranger to the home page, which leads back after signing in', async () => {
    const answer = await createBrowser().get(`${world.home}/admin/people?show=active`);

    expect(answer.status).toBe(303);
    expect(answer.location).toBe(`${world.home}/?returnTo=%2Fadmin%2Fpeople%3Fshow%3Dactive`);
  });
});

describe('its scripts', () => {
  it('come compressed to whoever takes that, and may be kept for ever', async () => {
    const script = scriptOf((await owner.get(`${world.home}/admin`)).body);

    const answer = await asset(script, { 'accept-encoding': 'br' });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await answer.text()).toContain('React');
  });

  it.each(['/admin/assets/none.js', '/admin/assets/', '/admin/assets/..%2f..%2fpackage.json'])(
    'are the only thing there: %s is not',
    async (path) => {
      expect((await asset(path)).status).toBe(404);
    },
  );
});

it('a console that was never built is told by what builds it', async () => {
  const nowhere = new URL('file:///nowhere/at/all/');

  await expect(readConsole(nowhere)).rejects.toThrow('npm run build');
});
