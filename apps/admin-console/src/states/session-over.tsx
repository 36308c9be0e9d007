import { words } from '../words/words.ts';
import { StatePage } from './state-page.tsx';

/** Who was here is not any more. Signing in leads back to the same page. */
export function SessionOver() {
  const { title, body, action } = words.states.sessionOver;
  const here = `${location.pathname}${location.search}`;
  return (
    <StatePage
      title={title}
      action={
        <a className="button primary" href={`/?${new URLSearchParams({ returnTo: here }).toString()}`}>
          {action}
        </a>
      }
    >
      {body}
    </StatePage>
  );
}
