import { words } from '../words/words.ts';

/** Why a sign-in was refused, in a few words; of a code without words of ours, its own. */
export const refusalWords = (code: string): string => words.signIn.refusals[code] ?? code.replaceAll('-', ' ');
