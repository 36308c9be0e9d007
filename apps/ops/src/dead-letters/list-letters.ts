import type { Command } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { type Letter, letterFlags, lettersFrom } from './letters.ts';

export const listLetters: Command = {
  name: 'dead-letters list',
  takes: '[--topic T] [--organisation O] [--all]',
  about: 'records that a consumer could not use, oldest first, and why; those that were answered only with --all',
  flags: { ...letterFlags, all: { type: 'boolean', about: 'those that were retried or discarded too' } },
  run: async (surroundings, args) => {
    const letters = await lettersFrom(surroundings, surroundings.topicReader(), args);
    const shown = letters.filter(({ state }) => args.has('all') || state === 'open');
    const rows = shown.map(({ id, writtenAt, state, key, attempts, reason }) => [
      ...[id, writtenAt.toISOString(), state, key ?? '(no key)', String(attempts), reason],
    ]);
    const table = headed(['dead letter', 'since', 'state', 'key', 'attempts', 'reason'], rows);
    const none = letters.length === 0 ? 'there are no dead letters' : 'all dead letters are answered; --all shows them';
    return { data: shown.map(factsOf), text: shown.length === 0 ? none : table };
  },
};

/** What is said of a letter as JSON, without what is in it. */
export const factsOf = (letter: Letter) => ({ ...letter, record: undefined });
