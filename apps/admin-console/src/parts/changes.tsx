import { words } from '../words/words.ts';

interface ChangesProps {
  readonly changes: readonly { readonly field: string; readonly old?: unknown; readonly new?: unknown }[];
}

/** Old and new values of fields. What is read aloud says "to" where eyes see an arrow. */
export function Changes({ changes }: ChangesProps) {
  if (changes.length === 0) return null;
  return (
    <ul className="changes">
      {changes.map(({ field, old, new: now }) => (
        <li key={field}>
          <span className="faint">{words.fields.names[field] ?? field}:</span> <del>{words.fields.value(old)}</del>{' '}
          <span aria-label={words.fields.becomes} role="img">
            →
          </span>{' '}
          <ins>{words.fields.value(now)}</ins>
        </li>
      ))}
    </ul>
  );
}
