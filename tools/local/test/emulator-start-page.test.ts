import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sampleCompany, startEmulator, type Emulator } from '@learnamp/entra-emulator';
import { openChromium, type OpenChromium } from '@learnamp/testkit';

jest.setTimeout(60_000);

describe("the emulator's start page in a browser", () => {
  const certificateDirectory = mkdtempSync(join(tmpdir(), 'emulator-page-'));
  let emulator: Emulator;
  let browser: OpenChromium['browser'];
  let chromium: OpenChromium;

  beforeAll(async () => {
    emulator = await startEmulator({ directory: sampleCompany(), certificateDirectory });
    chromium = await openChromium();
    browser = chromium.browser;
  });
  afterAll(async () => {
    await chromium.close();
    await emulator.stop();
    rmSync(certificateDirectory, { recursive: true, force: true });
  });

  it('leads from a search to a person, and by their group back to them', async () => {
    const page = await browser.newPage();
    await page.goto(emulator.httpUrl);
    await page.getByRole('searchbox').fill('akintola');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('link', { name: 'Dele Akintola' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Dele Akintola');

    await page.getByRole('link', { name: 'Learn Amp Users' }).first().click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Learn Amp Users');
    await page.close();
  });

  it('stops the clock and moves it by buttons that the keyboard reaches', async () => {
    const page = await browser.newPage();
    await page.goto(emulator.httpUrl);
    await page.getByRole('button', { name: 'Stop the clock' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('(stands still)').waitFor();

    const before = (await emulatorTime()).getTime();
    await page.getByRole('button', { name: 'A day on' }).press('Enter');
    await page.getByText('(stands still)').waitFor();
    expect((await emulatorTime()).getTime() - before).toBe(86_400_000);

    await page.getByRole('button', { name: 'Let the clock run' }).click();
    await page.getByText('(runs)').waitFor();
    await page.close();
  });

  it('needs no sideways scrolling on a phone', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    await page.goto(emulator.httpUrl);

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.close();
  });

  async function emulatorTime(): Promise<Date> {
    const state = (await (await fetch(`${emulator.httpUrl}/_emulator/state`)).json()) as { clock: { now: string } };
    return new Date(state.clock.now);
  }
});
