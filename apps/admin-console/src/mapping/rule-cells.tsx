import { words } from '../words/words.ts';
import { type RuleRow, sourceKind } from './mapping-rows.ts';

export const SUGGESTIONS = 'mapping-properties';

interface CellProps {
  readonly rule: RuleRow;
  readonly name: string;
  readonly onChange: (change: Partial<RuleRow>) => void;
}

const { mapping: said } = words;

export const SourceCell = ({ rule: { from }, name, onChange }: CellProps) => (
  <>
    <input
      type="text"
      aria-label={said.of(said.source, name)}
      list={SUGGESTIONS}
      value={from}
      required
      maxLength={2000}
      autoComplete="off"
      spellCheck={false}
      onChange={({ target }) => onChange({ from: target.value })}
    />
    <span className="note">{said.kinds[sourceKind(from)]}</span>
  </>
);

export const WhenCell = ({ rule: { apply }, name, onChange }: CellProps) => (
  <select
    aria-label={said.of(said.when, name)}
    value={apply}
    onChange={({ target }) => onChange({ apply: target.value as RuleRow['apply'] })}
  >
    {Object.entries(said.whens).map(([value, text]) => (
      <option key={value} value={value}>
        {text}
      </option>
    ))}
  </select>
);

export const OnEmptyCell = ({ rule: { onEmpty, default: text }, name, onChange }: CellProps) => (
  <>
    <select
      aria-label={said.of(said.onEmpty, name)}
      value={onEmpty}
      onChange={({ target }) => onChange({ onEmpty: target.value as RuleRow['onEmpty'] })}
    >
      {Object.entries(said.onEmpties).map(([value, choice]) => (
        <option key={value} value={value}>
          {choice}
        </option>
      ))}
    </select>
    {onEmpty === 'default' && (
      <input
        type="text"
        aria-label={said.of(said.default, name)}
        placeholder={said.default}
        value={text}
        required
        maxLength={1024}
        onChange={({ target }) => onChange({ default: target.value })}
      />
    )}
  </>
);

interface OrderCellProps {
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (by: 1 | -1) => void;
}

/** The button of an end stays, so that the keyboard's place is not lost there. */
export const OrderCell = ({ name, isFirst, isLast, onMove }: OrderCellProps) => (
  <span className="order">
    <button type="button" aria-label={said.up(name)} aria-disabled={isFirst} onClick={() => onMove(-1)}>
      <span aria-hidden="true">{said.upSign}</span>
    </button>
    <button type="button" aria-label={said.down(name)} aria-disabled={isLast} onClick={() => onMove(1)}>
      <span aria-hidden="true">{said.downSign}</span>
    </button>
  </span>
);
