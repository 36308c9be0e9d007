import { useState } from 'react';
import { ChoiceField } from '../parts/choice-field.tsx';
import { words } from '../words/words.ts';
import { fieldName } from './field-name.ts';
import { fieldsWithoutRule, type MappingRows, withRule } from './mapping-rows.ts';

interface AddRuleProps {
  readonly rows: MappingRows;
  readonly onChange: (rows: MappingRows) => void;
}

const { mapping: said } = words;

/** A rule for a field that has none. */
export function AddRule({ rows, onChange }: AddRuleProps) {
  const free = fieldsWithoutRule(rows);
  const [wanted, setWanted] = useState('');
  const chosen = free.includes(wanted) ? wanted : free[0];
  if (chosen === undefined) return <p className="faint">{said.allHaveRules}</p>;
  return (
    <div className="filters">
      <ChoiceField
        label={said.addLabel}
        value={chosen}
        choices={Object.fromEntries(free.map((field) => [field, fieldName(rows, field)]))}
        onChange={setWanted}
      />
      <button type="button" onClick={() => onChange(withRule(rows, chosen))}>
        {said.add}
      </button>
    </div>
  );
}
