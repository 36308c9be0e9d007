import fc from 'fast-check';
import { defaultSources, type Mapping, type MappingRule } from '../../src/mapping/mapping.ts';
import { fieldOf } from '../../src/mapping/mapping-rows.ts';

const customFields = fc.uniqueArray(
  fc.record({ id: fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/u), title: fc.string({ minLength: 1, maxLength: 20 }) }),
  { selector: ({ id }) => id, maxLength: 6 },
);

const ruleOf = (field: string): fc.Arbitrary<MappingRule> => {
  const rest = {
    from: fc.string({ minLength: 1 }),
    apply: fc.constantFrom<MappingRule['apply']>('always', 'create only'),
  };
  return fc.oneof(
    fc.record({ field: fc.constant(field), ...rest, onEmpty: fc.constantFrom('keep' as const, 'clear' as const) }),
    fc.record({
      field: fc.constant(field),
      ...rest,
      onEmpty: fc.constant('default' as const),
      default: fc.string({ minLength: 1 }),
    }),
  );
};

/** Any mapping that the API takes, as far as its shape goes. */
export const mappings: fc.Arbitrary<Mapping> = customFields.chain((custom) =>
  fc
    .shuffledSubarray([...Object.keys(defaultSources), ...custom.map(fieldOf)])
    .chain((fields) => fc.tuple(...fields.map(ruleOf)))
    .map((rules) => ({ rules, customFields: custom })),
);
