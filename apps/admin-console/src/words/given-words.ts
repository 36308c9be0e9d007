import type { GivenCommand } from '../api/carried-out.ts';
import { words } from './words.ts';

/** What is said of a command: that it is done, or that it is going to be. */
export const givenWords = ({ outcome }: GivenCommand, done: string): string =>
  outcome === undefined ? words.common.underWay : done;
