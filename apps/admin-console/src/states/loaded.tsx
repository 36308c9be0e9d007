import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { words } from '../words/words.ts';
import { Problem } from './problem.tsx';

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** What a query answered, or why it has not. What was read before stays while newer fails, with a word that it is old. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) {
    return (
      <>
        {error && (
          <p className="notice warn" role="status">
            {words.states.unreachable.title}. {words.states.unreachable.body}
          </p>
        )}
        {children(data)}
      </>
    );
  }
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  return (
    <p className="loading" role="status">
      {words.common.loading}
    </p>
  );
}
