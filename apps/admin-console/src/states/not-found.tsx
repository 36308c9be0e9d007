import { Link } from 'react-router';
import { words } from '../words/words.ts';
import { StatePage } from './state-page.tsx';

export function NotFound() {
  const { title, body, action } = words.states.notFound;
  return (
    <StatePage title={title} action={<Link to="/">{action}</Link>}>
      {body}
    </StatePage>
  );
}
