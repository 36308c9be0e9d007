import { existsSync } from 'node:fs';

import { chromium, type Browser } from 'playwright-core';

import { thisMachine, type Log, type Machine } from '../environment/machine.ts';
import { findExecutable } from '../processes/find-executable.ts';
import { runCommand } from '../processes/run-command.ts';
import { reasonOf, TestkitError } from '../testkit-error.ts';

/** A browser that is open, without a window. */
export interface OpenChromium {
  readonly browser: Browser;
  close(): Promise<void>;
}

export interface OpenChromiumOptions {
  readonly log?: Log;
  readonly machine?: Machine;
  /** Where Playwright installs its own Chromium; its default unless given. */
  readonly playwrights?: string;
}

type Open = (options: Required<OpenChromiumOptions>) => Promise<Browser>;

const ways: readonly { readonly name: string; readonly open: Open }[] = [
  { name: "Playwright's own", open: openPlaywrights },
  { name: 'chromium, chromium-browser or google-chrome on the PATH', open: openInstalled },
  { name: "Debian's package", open: openFromDebian },
];

/**
 * A real Chromium: Playwright's own, else the system's, else Debian's package, which is installed where this process
 * is root. Throws `chromium-unavailable` with what was tried and the command that helps.
 */
export async function openChromium(options: OpenChromiumOptions = {}): Promise<OpenChromium> {
  const settled = {
    log: options.log ?? (() => undefined),
    machine: options.machine ?? thisMachine(),
    playwrights: options.playwrights ?? chromium.executablePath(),
  };
  const failures: string[] = [];
  for (const way of ways) {
    try {
      const browser = await way.open(settled);
      return { browser, close: () => browser.close() };
    } catch (error) {
      failures.push(`${way.name}: ${reasonOf(error)}`);
    }
  }
  throw new TestkitError('chromium-unavailable', explain(failures));
}

async function openPlaywrights({ playwrights, machine }: Required<OpenChromiumOptions>): Promise<Browser> {
  if (!existsSync(playwrights)) throw new Error('not installed');
  return launch(playwrights, machine.env);
}

async function openInstalled({ machine }: Required<OpenChromiumOptions>): Promise<Browser> {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const path = names.map((name) => findExecutable(name, machine.env)).find((found) => found !== undefined);
  if (path === undefined) throw new Error('none is there');
  return launch(path, machine.env);
}

async function openFromDebian(options: Required<OpenChromiumOptions>): Promise<Browser> {
  const { machine, log } = options;
  const aptGet = findExecutable('apt-get', machine.env);
  if (aptGet === undefined) throw new Error('there is no apt-get on the PATH');
  if (!machine.isRoot) throw new Error('only root can install it');
  log("installing Debian's chromium package");
  const env = { ...machine.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Somebody else's apt-get may hold the lock for a while; waiting for it is not an error.
  const lock = ['-o', 'DPkg::Lock::Timeout=120'];
  await runCommand(aptGet, [...lock, 'update'], { env, timeoutMs: 120_000 });
  const packages = ['chromium', 'fonts-liberation'];
  await runCommand(aptGet, [...lock, 'install', '-y', '--no-install-recommends', ...packages], {
    env,
    timeoutMs: 600_000,
  });
  return openInstalled(options);
}

function launch(executablePath: string, env: NodeJS.ProcessEnv): Promise<Browser> {
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({
    executablePath,
    headless: true,
    // Playwright adds --no-sandbox: Chromium's sandbox refuses to run as root, which is what a container is.
    args: [...quiet, '--disable-component-update', '--disable-sync'],
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  });
}

function explain(failures: readonly string[]): string {
  return [
    'No Chromium is available. There are three ways to have one, and none of them worked:',
    ...failures.map((failure, index) => `  ${index + 1}. ${failure}`),
    'Any one is enough: run `npx playwright-core install chromium`, or, on Debian, `apt-get install chromium` as root.',
  ].join('\n');
}
