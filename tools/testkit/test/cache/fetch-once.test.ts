import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { fetchOnce } from '../../src/cache/fetch-once.ts';

let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'learnamp-cache-'));
});

afterEach(() => rm(cache, { recursive: true, force: true }));

describe('fetchOnce', () => {
  it('fills a folder once and hands out the same one from then on', async () => {
    let fills = 0;
    const fill = async (into: string): Promise<void> => {
      fills += 1;
      await writeFile(join(into, 'part'), `fill ${fills}`);
    };

    await fetchOnce(join(cache, 'thing'), fill);
    const folder = await fetchOnce(join(cache, 'thing'), fill);

    expect(await readFile(join(folder, 'part'), 'utf8')).toBe('fill 1');
  });

  it('leaves nothing behind a filling that failed, so that the next one may succeed', async () => {
    const broken = async (into: string): Promise<void> => {
      await writeFile(join(into, 'part'), 'half');
      throw new Error('the line went dead');
    };

    await expect(fetchOnce(join(cache, 'thing'), broken)).rejects.toThrow('the line went dead');

    expect(await readdir(cache)).toEqual([]);
  });

  it('gives two that fill at once the same complete folder', async () => {
    const bothStarted = meetingOf(2);
    const fillAs = (who: string) => async (into: string) => {
      await writeFile(join(into, 'first'), who);
      await bothStarted();
      await writeFile(join(into, 'second'), who);
    };

    const folders = await Promise.all(['a', 'b'].map((who) => fetchOnce(join(cache, 'thing'), fillAs(who))));

    expect(new Set(folders).size).toBe(1);
    expect(await readdir(cache)).toEqual(['thing']);
    const [first, second] = await Promise.all(
      ['first', 'second'].map((part) => readFile(join(cache, 'thing', part), 'utf8')),
    );
    expect(first).toBe(second);
  });
});

/** Resolves for everybody once so many have called. */
function meetingOf(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === count) waiting.forEach((go) => go());
    });
}
