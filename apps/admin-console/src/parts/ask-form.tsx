import { type SubmitEvent, useId } from 'react';

interface AskFormProps {
  readonly label: string;
  /** What the button says. */
  readonly name: string;
  readonly value?: string;
  readonly shortest?: number;
  readonly longest?: number;
  readonly onAsk: (text: string) => void;
}

/** One field and a button: whom, or what, something is asked about. */
export function AskForm({ label, name, value = '', shortest = 1, longest = 320, onAsk }: AskFormProps) {
  const id = useId();
  const ask = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget).get('asked');
    if (typeof said === 'string' && said.trim() !== '') onAsk(said.trim());
  };
  return (
    <form className="filters" onSubmit={ask}>
      <div className="field wide">
        <label htmlFor={id}>{label}</label>
        <input
          {...{ id, name: 'asked', type: 'search', required: true, minLength: shortest, maxLength: longest }}
          defaultValue={value}
        />
      </div>
      <button type="submit">{name}</button>
    </form>
  );
}
