import { Problem } from '../problems/problem.ts';

/** The streams that this process has open: some for each organisation, so that none takes them all. */
export interface OpenStreams {
  /** @throws Problem 429 when the organisation has as many as it may. */
  enter(organisationId: string, end: () => void): () => void;
  /** Ends all of them: whoever listens connects to another process. */
  endAll(): void;
}

export function createOpenStreams(mostOfOne: number): OpenStreams {
  const open = new Map<string, Set<() => void>>();
  return {
    enter: (organisationId, end) => {
      const theirs = open.get(organisationId) ?? new Set();
      if (theirs.size >= mostOfOne) {
        throw new Problem(
          429,
          'too-many-streams',
          'Too many pages of this organisation follow runs. Close one of them.',
        );
      }
      open.set(organisationId, theirs.add(end));
      return () => {
        theirs.delete(end);
        if (theirs.size === 0) open.delete(organisationId);
      };
    },
    endAll: () => {
      for (const theirs of [...open.values()]) for (const end of [...theirs]) end();
    },
  };
}
