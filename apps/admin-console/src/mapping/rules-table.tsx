import { type Ref, useRef } from 'react';
import { useAnnounce } from '../parts/announcements.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { words } from '../words/words.ts';
import { fieldName } from './field-name.ts';
import { suggestedProperties } from './mapping.ts';
import { type MappingRows, type RuleRow, withChange, withMove, withoutRule } from './mapping-rows.ts';
import { OnEmptyCell, OrderCell, SourceCell, SUGGESTIONS, WhenCell } from './rule-cells.tsx';

interface RulesTableProps {
  readonly rows: MappingRows;
  readonly onChange: (rows: MappingRows) => void;
}

const { mapping: said } = words;

/** The organisation's own rules, a row each. */
export function RulesTable({ rows, onChange }: RulesTableProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const announce = useAnnounce();
  const nameOf = ({ field }: RuleRow) => fieldName(rows, field);
  const cell = (rule: RuleRow) => ({
    rule,
    name: nameOf(rule),
    onChange: (change: Partial<RuleRow>) => onChange(withChange(rows, rule.field, change)),
  });
  const move = (rule: RuleRow, by: 1 | -1) => {
    const moved = withMove(rows, rule.field, by);
    if (moved === rows) return;
    onChange(moved);
    const place = moved.rules.findIndex(({ field }) => field === rule.field) + 1;
    announce({ kind: 'good', words: said.moved(nameOf(rule), place, moved.rules.length) });
  };
  const remove = (rule: RuleRow) => {
    onChange(withoutRule(rows, rule.field));
    announce({ kind: 'good', words: said.removed(nameOf(rule)) });
    // The button that was pressed is gone with its row.
    heading.current?.focus();
  };
  const columns = [
    { name: said.field, isHeader: true, of: nameOf },
    { name: said.source, of: (rule: RuleRow) => <SourceCell {...cell(rule)} /> },
    { name: said.when, of: (rule: RuleRow) => <WhenCell {...cell(rule)} /> },
    { name: said.onEmpty, of: (rule: RuleRow) => <OnEmptyCell {...cell(rule)} /> },
    {
      name: said.order,
      of: (rule: RuleRow) => (
        <OrderCell
          name={nameOf(rule)}
          isFirst={rule === rows.rules[0]}
          isLast={rule === rows.rules.at(-1)}
          onMove={(by) => move(rule, by)}
        />
      ),
    },
    {
      name: said.remove,
      of: (rule: RuleRow) => (
        <button type="button" aria-label={said.removeRule(nameOf(rule))} onClick={() => remove(rule)}>
          {said.remove}
        </button>
      ),
    },
  ];
  return (
    <section className="rules" aria-labelledby="rules-heading">
      <Heading ref={heading} />
      <datalist id={SUGGESTIONS}>
        {suggestedProperties.map((property) => (
          <option key={property} value={property} />
        ))}
      </datalist>
      <DataTable
        label={said.rules}
        columns={columns}
        rows={rows.rules}
        keyOf={({ field }) => field}
        empty={said.noRules}
      />
    </section>
  );
}

const Heading = ({ ref }: { readonly ref: Ref<HTMLHeadingElement> }) => (
  <>
    <h2 id="rules-heading" ref={ref} tabIndex={-1}>
      {said.rules}
    </h2>
    <p className="faint">{said.sourceHint}</p>
  </>
);
