import { en } from './en/index.ts';

/** The words of the console. One language so far: a second one is chosen here, by the browser's languages. */
export const words = en;

export const locale = 'en';
