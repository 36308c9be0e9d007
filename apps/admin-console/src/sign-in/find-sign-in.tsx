import { type SubmitEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { TextField } from '../parts/text-field.tsx';
import { words } from '../words/words.ts';

const { latest: said } = words.signIn;

/** Leads to the sign-in whose reference somebody has read out. */
export function FindSignIn() {
  const [reference, setReference] = useState('');
  const navigate = useNavigate();
  const go = (event: SubmitEvent) => {
    event.preventDefault();
    const asked = encodeURIComponent(reference.trim().toUpperCase());
    void navigate(`/sign-in/${asked}`, { state: { from: 'link' } });
  };
  return (
    <form className="filters" role="search" onSubmit={go}>
      <TextField
        label={said.find}
        value={reference}
        required
        pattern=".*\S.*"
        maxLength={20}
        autoComplete="off"
        spellCheck={false}
        onChange={setReference}
      />
      <button type="submit">{said.show}</button>
    </form>
  );
}
