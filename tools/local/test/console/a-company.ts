import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { openChromium, type OpenChromium } from '@learnamp/testkit';
import { startOneProcess } from '../system/one-process.ts';
import { type System, watch, type Watched } from '../system/system.ts';
import { type ConsoleWindow, openWindow, signIn } from './console-window.ts';

export const OWNER = 'Dele Akintola';

/** The sample company after its first sync, and a browser. */
export interface RunningCompany {
  readonly system: System;
  readonly watched: Watched;
  readonly chromium: OpenChromium;
}

/** With a window in which its Owner is signed in; a new one for each test. */
export interface Company extends RunningCompany {
  readonly window: ConsoleWindow;
}

/** Starts it before the tests of a file, and ends it after them; what it has is there from then on. */
export function aRunningCompany(): RunningCompany {
  const company = {} as { -readonly [Part in keyof RunningCompany]: RunningCompany[Part] };
  beforeAll(async () => {
    const [system, chromium] = await Promise.all([startOneProcess(), openChromium()]);
    Object.assign(company, { system, chromium, watched: await watch(system) });
    await company.watched.firstSync();
  }, 180_000);
  afterAll(async () => {
    await company.chromium.close();
    await company.watched.connection.close();
    await company.system.stop();
  });
  return company;
}

/** The same, with its Owner signed in. No test may leave a complaint of the browser behind. */
export function aCompany(): Company {
  const company = aRunningCompany() as { -readonly [Part in keyof Company]: Company[Part] };
  beforeEach(async () => {
    company.window = await openWindow(company.chromium);
    await signIn(company.window.page, company.system.homeUrl, OWNER);
  });
  afterEach(async () => {
    await company.window.close();
    expect(company.window.complaints).toEqual([]);
  });
  return company;
}
