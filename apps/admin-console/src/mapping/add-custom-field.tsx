import { useState } from 'react';
import { TextField } from '../parts/text-field.tsx';
import { words } from '../words/words.ts';
import { idFrom, type MappingRows, withCustomField } from './mapping-rows.ts';

interface AddCustomFieldProps {
  readonly rows: MappingRows;
  readonly onChange: (rows: MappingRows) => void;
}

const ID = /^[a-z][A-Za-z0-9]{0,39}$/u;
const { custom: said } = words.mapping;

/** A further field: its id comes from its name, unless somebody types one. Within the editor's form, so it is no form itself. */
export function AddCustomField({ rows, onChange }: AddCustomFieldProps) {
  const [title, setTitle] = useState('');
  const [typedId, setTypedId] = useState<string | null>(null);
  const id = typedId ?? idFrom(title);
  const isTaken = rows.customFields.some((field) => field.id === id);
  const isGood = title.trim() !== '' && ID.test(id) && !isTaken;
  const add = () => {
    onChange(withCustomField(rows, { id, title: title.trim() }));
    setTitle('');
    setTypedId(null);
  };
  return (
    <div className="filters">
      <TextField label={said.name} value={title} maxLength={128} onChange={setTitle} />
      <TextField
        label={said.id}
        hint={isTaken ? said.taken : said.idHint}
        value={id}
        maxLength={40}
        spellCheck={false}
        autoCapitalize="none"
        onChange={setTypedId}
      />
      <button type="button" disabled={!isGood} onClick={add}>
        {said.add}
      </button>
    </div>
  );
}
