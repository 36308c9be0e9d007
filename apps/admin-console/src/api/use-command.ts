import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useAnnounce } from '../parts/announcements.tsx';
import { sentenceOf } from '../words/problem-words.ts';

export interface Command<Input, Answer> {
  /** Sends it. */
  readonly send: (input: Input) => Promise<Answer>;
  /** What is said once it is done; undefined says nothing. */
  readonly done?: (answer: Answer, input: Input) => string | undefined;
  /** What follows, also where the button has gone from the page meanwhile. */
  readonly then?: (answer: Answer, input: Input) => void;
  /** Beginnings of the queries that tell something else from then on. */
  readonly changes: readonly (readonly string[])[];
}

/** A change that somebody asks for by a button: sent once, said aloud when done or refused, and what it changes is read anew. */
export function useCommand<Input, Answer>({ send, done, then, changes }: Command<Input, Answer>) {
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: send,
    onSuccess: (answer, input) => {
      const words = done?.(answer, input);
      if (words !== undefined) announce({ kind: 'good', words });
      then?.(answer, input);
    },
    onError: (error) => announce({ kind: 'bad', words: sentenceOf(error) }),
    onSettled: () => Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
