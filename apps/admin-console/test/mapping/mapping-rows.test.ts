import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultMapping, defaultSources } from '../../src/mapping/mapping.ts';
import {
  fieldOf,
  fieldsWithoutRule,
  idFrom,
  mappingOf,
  type MappingRows,
  rowsOf,
  sourceKind,
  withChange,
  withCustomField,
  withMove,
  withoutCustomField,
  withoutRule,
  withRule,
  withTitle,
} from '../../src/mapping/mapping-rows.ts';
import { mappings } from './a-mapping.ts';

const rows = mappings.map(rowsOf);
const fieldsOf = ({ rules }: Pick<MappingRows, 'rules'>) => rules.map(({ field }) => field);
/** Rows, and one of their rules' fields. */
const rowsWithField = rows
  .filter(({ rules }) => rules.length > 0)
  .chain((some) => fc.tuple(fc.constant(some), fc.constantFrom(...fieldsOf(some))));

describe('the rows of a mapping', () => {
  it('give back the mapping that they came from', () => {
    fc.assert(fc.property(mappings, (mapping) => expect(mappingOf(rowsOf(mapping))).toEqual(mapping)));
  });

  it('of the default are none, and every standard field is offered for a rule', () => {
    expect(mappingOf(rowsOf(defaultMapping))).toEqual({ rules: [], customFields: [] });
    expect(fieldsWithoutRule(rowsOf(defaultMapping))).toEqual(Object.keys(defaultSources));
  });

  it('keep a default that is not used as long as they are edited, and send it only where it is used', () => {
    const some = rowsOf({
      rules: [{ field: 'language', from: 'preferredLanguage', apply: 'always', onEmpty: 'default', default: 'en-GB' }],
      customFields: [],
    });

    const cleared = withChange(some, 'language', { onEmpty: 'clear' });

    expect(mappingOf(cleared).rules[0]).not.toHaveProperty('default');
    expect(mappingOf(withChange(cleared, 'language', { onEmpty: 'default' }))).toEqual(mappingOf(some));
  });

  it('have a rule for each field, or the field is offered: never both', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const all = [...Object.keys(defaultSources), ...some.customFields.map(fieldOf)];
        expect([...fieldsOf(some), ...fieldsWithoutRule(some)].sort()).toEqual(all.sort());
      }),
    );
  });
});

describe('editing a mapping', () => {
  it('adds a rule at the end, once, and takes it away again without a trace', () => {
    fc.assert(
      fc.property(rows, (some) => {
        for (const field of fieldsWithoutRule(some)) {
          const more = withRule(some, field);
          expect(fieldsOf(more)).toEqual([...fieldsOf(some), field]);
          expect(withRule(more, field)).toBe(more);
          expect(withoutRule(more, field)).toEqual(some);
        }
      }),
    );
  });

  it('adds no rule for a field that nobody defines', () => {
    fc.assert(fc.property(rows, (some) => expect(withRule(some, 'shoeSize')).toBe(some)));
  });

  it('changes one rule and no other, and never which field it is about', () => {
    fc.assert(
      fc.property(rowsWithField, ([some, field]) => {
        const changed = withChange(some, field, { from: 'mail', field: 'another' });
        expect(fieldsOf(changed)).toEqual(fieldsOf(some));
        const others = (all: MappingRows) => all.rules.filter((rule) => rule.field !== field);
        expect(others(changed)).toEqual(others(some));
        expect(changed.rules.find((rule) => rule.field === field)).toMatchObject({ from: 'mail' });
      }),
    );
  });

  it('moves a rule by a place and back', () => {
    fc.assert(
      fc.property(rowsWithField, fc.constantFrom(1 as const, -1 as const), ([some, field], by) => {
        const moved = withMove(some, field, by);
        if (moved === some) return;
        expect(fieldsOf(moved).indexOf(field)).toBe(fieldsOf(some).indexOf(field) + by);
        expect(withMove(moved, field, by === 1 ? -1 : 1)).toEqual(some);
      }),
    );
  });

  it('leaves the first rule first when it is moved up, the last one last, and knows no other', () => {
    fc.assert(
      fc.property(rowsWithField, ([some]) => {
        const fields = fieldsOf(some);
        expect(withMove(some, fields[0] ?? '', -1)).toBe(some);
        expect(withMove(some, fields.at(-1) ?? '', 1)).toBe(some);
        expect(withMove(some, 'shoeSize', 1)).toBe(some);
      }),
    );
  });

  it('adds a custom field with its rule, and takes away both', () => {
    const some = withCustomField(rowsOf(defaultMapping), { id: 'costCentre', title: 'Cost centre' });

    expect(fieldsOf(some)).toEqual(['customFields.costCentre']);
    expect(withCustomField(some, { id: 'costCentre', title: 'Another' })).toBe(some);
    expect(withTitle(some, 'costCentre', 'Kostenstelle').customFields).toEqual([
      { id: 'costCentre', title: 'Kostenstelle' },
    ]);
    expect(withoutCustomField(some, 'costCentre')).toEqual(rowsOf(defaultMapping));
  });
});

describe('a source', () => {
  it.each([
    ['mail', 'property'],
    ['extension_0123456789abcdef0123456789abcdef_costCentre', 'property'],
    ['mail ?? userPrincipalName', 'expression'],
    ['employeeOrgData.division', 'expression'],
    ['businessPhones[0]', 'expression'],
    ['  ', 'nothing'],
  ])('%s is a %s', (from, kind) => {
    expect(sourceKind(from)).toBe(kind);
  });
});

describe('the id that a name suggests', () => {
  it.each([
    ['Cost centre', 'costCentre'],
    ['Éloignée de', 'eloigneeDe'],
    ['2026 plan', 'plan'],
    ['???', ''],
  ])('for %s is as good as it gets', (title, id) => {
    expect(idFrom(title)).toBe(id);
  });

  it('is one that a custom field may have, or none', () => {
    fc.assert(fc.property(fc.string(), (title) => expect(idFrom(title)).toMatch(/^([a-z][A-Za-z0-9]{0,39})?$/u)));
  });
});
