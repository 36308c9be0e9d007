import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { ApiProblem } from '../api/problem.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { words } from '../words/words.ts';
import type { Draft } from './use-draft.ts';

interface SaveBarProps {
  readonly draft: Omit<Draft<unknown>, 'change' | 'value'>;
  readonly save: { readonly isPending: boolean; readonly error: Error | null; readonly reset: () => void };
  readonly name?: string;
  readonly children?: ReactNode;
}

/** Storing what a form has, and why that did not work: others' changes, or values that may not be. */
export function SaveBar({ draft, save, name = words.settings.save, children }: SaveBarProps) {
  const { settings: said } = words;
  const takeTheirs = () => {
    save.reset();
    draft.release();
  };
  return (
    <>
      {draft.isBehind && !save.isPending && (
        <div className="notice warn" role="alert">
          <p>{said.behind}</p>
          <Button onPress={takeTheirs}>{said.loadTheirs}</Button>
        </div>
      )}
      <div className="actions">
        <CommandButton type="submit" className="primary" isPending={save.isPending}>
          {name}
        </CommandButton>
        {children}
        {draft.isTouched && <span className="faint">{said.unsaved}</span>}
      </div>
    </>
  );
}

/** Why values were refused, where they were. */
export function Refusal({ error }: { readonly error: Error | null }) {
  if (!(error instanceof ApiProblem) || error.status !== 422) return null;
  return (
    <div className="notice bad" role="alert">
      <p>{words.settings.notStored}</p>
      <ul>
        {complaintsOf(error.message).map((complaint) => (
          <li key={complaint}>{complaint}</li>
        ))}
      </ul>
    </div>
  );
}

/** The API names every mistake, in one sentence. */
const complaintsOf = (message: string) => message.replace(/^these settings can't be taken: /u, '').split('; ');
