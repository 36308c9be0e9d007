import { useRef } from 'react';
import { useAnnounce } from '../parts/announcements.tsx';
import { words } from '../words/words.ts';
import { AddCustomField } from './add-custom-field.tsx';
import type { CustomField } from './mapping.ts';
import { type MappingRows, withoutCustomField, withTitle } from './mapping-rows.ts';

interface CustomFieldsProps {
  readonly rows: MappingRows;
  readonly onChange: (rows: MappingRows) => void;
}

const { custom: said } = words.mapping;

/** The fields that the organisation defines itself. */
export function CustomFields({ rows, onChange }: CustomFieldsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const announce = useAnnounce();
  const remove = ({ id, title }: CustomField) => {
    onChange(withoutCustomField(rows, id));
    announce({ kind: 'good', words: said.removed(title) });
    heading.current?.focus();
  };
  return (
    <section className="custom-fields" aria-labelledby="custom-heading">
      <h2 id="custom-heading" ref={heading} tabIndex={-1}>
        {said.title}
      </h2>
      <p className="faint">{said.about}</p>
      {rows.customFields.length === 0 ? (
        <p className="empty">{said.none}</p>
      ) : (
        <ul>
          {rows.customFields.map((field) => (
            <li key={field.id}>
              <code>{field.id}</code>
              <input
                type="text"
                aria-label={said.nameOf(field.id)}
                value={field.title}
                required
                maxLength={128}
                onChange={({ target }) => onChange(withTitle(rows, field.id, target.value))}
              />
              <button type="button" aria-label={said.remove(field.title)} onClick={() => remove(field)}>
                {words.mapping.remove}
              </button>
            </li>
          ))}
        </ul>
      )}
      <AddCustomField rows={rows} onChange={onChange} />
    </section>
  );
}
