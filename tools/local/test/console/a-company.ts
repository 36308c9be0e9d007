import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { openChromium, type OpenChromium } from '@learnamp/testkit';
import { startOneProcess } from '../system/one-process.ts';
import { type System, watch, type Watched } from '../system/system.ts';
import { type ConsoleWindow, openWindow, signIn } from './console-window.ts';

export const OWNER = 'Dele Akintola';

/** The sample company after its first sync, and a window in which its Owner is signed in; a new one for each test. */
export interface Company {
  readonly system: System;
  readonly watched: Watched;
  readonly chromium: OpenChromium;
  readonly window: ConsoleWindow;
}

/** Starts it before the tests of a file, and ends it after them. No test may leave a complaint of the browser behind. */
export function aCompany(): Company {
  let [system, watched, chromium, window] = [] as unknown as [System, Watched, OpenChromium, ConsoleWindow];
  beforeAll(async () => {
    [system, chromium] = await Promise.all([startOneProcess(), openChromium()]);
    watched = await watch(system);
    await watched.firstSync();
  }, 180_000);
  afterAll(async () => {
    await chromium.close();
    await watched.connection.close();
    await system.stop();
  });
  beforeEach(async () => {
    window = await openWindow(chromium);
    await signIn(window.page, system.homeUrl, OWNER);
  });
  afterEach(async () => {
    await window.close();
    expect(window.complaints).toEqual([]);
  });
  return {
    get system() {
      return system;
    },
    get watched() {
      return watched;
    },
    get chromium() {
      return chromium;
    },
    get window() {
      return window;
    },
  };
}
