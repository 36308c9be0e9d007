import { useNavigate } from 'react-router';
import { AskForm } from '../parts/ask-form.tsx';

interface AskAboutProps {
  readonly label: string;
  readonly name: string;
  /** The page that answers it. */
  readonly to: (asked: string) => string;
}

/** Asks about one person, or one sign-in, on the page that knows it. */
export function AskAbout({ label, name, to }: AskAboutProps) {
  const navigate = useNavigate();
  return <AskForm label={label} name={name} onAsk={(asked) => void navigate(to(asked), { state: { from: 'link' } })} />;
}
