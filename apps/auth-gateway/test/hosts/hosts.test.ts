import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHosts } from '../../src/hosts/hosts.ts';
import { aWorld, createBrowser, type World } from '../fixtures/world.ts';

describe('createHosts', () => {
  const hosts = createHosts({ centralOrigin: 'https://login.learnamp.com', organisationHostSuffix: 'learnamp.com' });

  it('makes a home of a subdomain, and finds the subdomain again', () => {
    expect(hosts.homeOf('acme')).toBe('https://acme.learnamp.com');
    expect(hosts.subdomainOf('Acme.LearnAmp.com')).toBe('acme');
  });

  it.each([
    undefined,
    '',
    'learnamp.com',
    'acme.learnamp.com:8443',
    'acme.learnampxcom',
    'a.b.learnamp.com',
    'acme.learnamp.com.evil.example',
    'evil.example/acme.learnamp.com',
    '-acme.learnamp.com',
  ])('finds none in %p', (host) => {
    expect(hosts.subdomainOf(host)).toBeUndefined();
  });
});

describe('the hosts that are answered', () => {
  let world: World;
  const browser = createBrowser();

  beforeAll(async () => {
    world = await aWorld();
  }, 120_000);

  afterAll(() => world.stop());

  it('are homes of organisations that exist', async () => {
    expect((await browser.get(`${world.home}/`)).body).toContain('Welcome to Acme');
    expect((await browser.get(`http://nobody.localhost:${world.gateway.port}/`)).status).toBe(404);
  });

  it('are no others, whatever a proxy header says', async () => {
    const answer = await browser.get(`${world.home}/`, {
      host: 'evil.example',
      'x-forwarded-host': new URL(world.home).host,
    });

    expect([answer.status, answer.body.includes('Acme')]).toEqual([404, false]);
  });

  it('have their own routes: no sign-in on the central host', async () => {
    expect((await browser.post(`${world.central}/sign-in/microsoft`)).status).toBe(404);
    expect((await browser.get(`${world.home}/auth/signed-out`)).status).toBe(404);
  });

  it('lead from the central host to the home that is asked for, and to no other place', async () => {
    expect((await browser.get(`${world.central}/?organisation=Globex`)).location).toBe(`${world.otherHome}/`);

    const unknown = await browser.get(`${world.central}/?organisation=${encodeURIComponent('evil.example/<b>')}`);
    expect([unknown.status, unknown.location]).toEqual([200, '']);
    expect(unknown.body).toContain('evil.example/&lt;b&gt;');
  });

  it('answer with a strict policy, and nothing inline', async () => {
    const { headers, body } = await browser.get(`${world.home}/`);

    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
    expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/i);
  });

  it('answer problems of the API as documents, of pages as pages', async () => {
    const api = await browser.get(`${world.home}/api/nothing`);
    expect(JSON.parse(api.body)).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'not-found',
      detail: 'There is no such page.',
    });

    const page = await browser.get(`${world.home}/nothing`);
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  });

  it('show no code, state or cookie in the log', async () => {
    const own = createBrowser();
    await world.signIn(own);
    const log = JSON.stringify(world.gateway.log);

    expect(log).toContain('"route":"/auth/complete"');
    expect(log).not.toMatch(/handover=|state=|code=|ada@acme/);
    for (const value of own.cookies(new URL(world.home).host).values()) expect(log).not.toContain(value);
  });
});
