import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import { openChromium } from '../../src/chromium/open-chromium.ts';
import { bareMachine } from '../support/bare-machine.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe('openChromium', () => {
  it('opens a page of a loopback subdomain and runs its script', async () => {
    const server = createServer((request, answer) => {
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.end(`<h1></h1><script>document.querySelector('h1').textContent = 'Héllo ' + location.hostname</script>`);
      request.resume();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const chromium = await openChromium();
    closing.push(() => chromium.close());

    const page = await chromium.browser.newPage();
    await page.goto(`http://acme.localhost:${(server.address() as AddressInfo).port}/`);

    expect(await page.textContent('h1')).toBe('Héllo acme.localhost');
  }, 300_000);

  it('names each way and the command that helps when nothing can be opened', async () => {
    const machine = await bareMachine();
    closing.push(() => machine.remove());

    const failure = openChromium({ machine, playwrights: '/nowhere/chrome' });

    await expect(failure).rejects.toMatchObject({ code: 'chromium-unavailable' });
    await expect(failure).rejects.toThrow(/1\. Playwright's own: not installed/);
    await expect(failure).rejects.toThrow(/2\. chromium, chromium-browser or google-chrome on the PATH: none is there/);
    await expect(failure).rejects.toThrow(/3\. Debian's package: there is no apt-get on the PATH/);
    await expect(failure).rejects.toThrow(/npx playwright-core install chromium.*apt-get install chromium/);
  });

  it('does not try to install a package for somebody who is not root', async () => {
    const machine = await bareMachine({ 'apt-get': '/bin/false' });
    closing.push(() => machine.remove());

    const failure = openChromium({ machine, playwrights: '/nowhere/chrome' });

    await expect(failure).rejects.toThrow(/3\. Debian's package: only root can install it/);
  });
});
