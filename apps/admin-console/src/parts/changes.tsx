import { fieldName } from '../words/field-name.ts';
import { words } from '../words/words.ts';

interface Change {
  readonly field: string;
  readonly old?: unknown;
  readonly new?: unknown;
}

interface ChangesProps {
  readonly changes: readonly Change[];
}

/** More than these, as of somebody who is new, are shown when they are asked for: lists stay short. */
const SHOWN = 3;

/** Old and new values of fields. */
export function Changes({ changes }: ChangesProps) {
  if (changes.length === 0) return null;
  if (changes.length <= SHOWN) return <List changes={changes} />;
  return (
    <details>
      <summary>{words.fields.changes(changes.length)}</summary>
      <List changes={changes} />
    </details>
  );
}

/** What is read aloud says "becomes" where eyes see an arrow. */
const List = ({ changes }: ChangesProps) => (
  <ul className="changes">
    {changes.map(({ field, old, new: now }) => (
      <li key={field}>
        <span className="faint">{fieldName(field)}:</span> <del>{words.fields.value(old)}</del>{' '}
        <span aria-label={words.fields.becomes} role="img">
          →
        </span>{' '}
        <ins>{words.fields.value(now)}</ins>
      </li>
    ))}
  </ul>
);
