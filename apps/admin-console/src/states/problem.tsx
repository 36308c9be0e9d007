import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import { ApiProblem, isSessionOver, Unreachable } from '../api/problem.ts';
import { words } from '../words/words.ts';
import { SessionOver } from './session-over.tsx';
import { StatePage } from './state-page.tsx';

interface ProblemProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What came instead of what a page is for. */
export function Problem({ error, onRetry }: ProblemProps) {
  if (isSessionOver(error)) return <SessionOver />;
  const { title, body, action } = wordsOf(error);
  return (
    <StatePage title={title} action={action ?? (onRetry && <Button onPress={onRetry}>{words.common.retry}</Button>)}>
      {body}
      {error instanceof ApiProblem && error.reference !== null && (
        <span className="note">{words.states.reference(error.reference)}</span>
      )}
    </StatePage>
  );
}

function wordsOf(error: unknown) {
  const { noPermission, notFound, unavailable, unreachable, broken, refused } = words.states;
  if (error instanceof Unreachable) return { ...unreachable, action: undefined };
  if (!(error instanceof ApiProblem)) return { ...broken, action: undefined };
  if (error.status === 403) return { ...noPermission, action: <a href="/">{noPermission.action}</a> };
  if (error.status === 404) return { ...notFound, action: <Link to="/">{notFound.action}</Link> };
  if (error.status === 503) return { ...unavailable, action: undefined };
  return { title: refused, body: error.message, action: undefined };
}
