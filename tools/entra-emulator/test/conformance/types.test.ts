import { describe, expect, it } from '@jest/globals';
import { typeProblems, type Schemas } from '../../src/conformance/types/json-schema.ts';
import { sweep } from '../../src/conformance/types/sweep.ts';
import { typedObjects } from '../../src/conformance/types/typed-objects.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';

const schemas: Schemas = {
  person: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      born: { type: 'string', nullable: true, pattern: '^\\d{4}-' },
      tags: { type: 'array', items: { type: 'string' } },
      home: { nullable: true, allOf: [{ $ref: '#/components/schemas/place' }] },
    },
  },
  place: { type: 'object', properties: { floor: { type: 'integer' } } },
};

const problems = (value: unknown) => typeProblems(schemas, { $ref: '#/components/schemas/person' }, value, 'person');

describe('property types', () => {
  it('fit values of their type, null where that is allowed, annotations and directory extensions', () => {
    const extension = { extension_0123456789abcdef0123456789abcdef_size: 43 };

    expect(problems({ name: 'Jo', born: '1970-01-01', tags: ['a'], home: { floor: 3 }, '@odata.type': 'x' })).toEqual(
      [],
    );
    expect(problems({ born: null, home: null, tags: [], ...extension })).toEqual([]);
  });

  it.each([
    [{ name: null }, 'person.name is null, not of type string'],
    [{ born: 'long ago' }, 'person.born is "long ago", not like ^\\d{4}-'],
    [{ tags: ['a', 1] }, 'person.tags[] is 1, not of type string'],
    [{ home: { floor: 1.5 } }, 'person.home.floor is 1.5, not of type integer'],
    [{ shoeSize: 43 }, 'person.shoeSize is no property of its type'],
    ['Jo', 'person is "Jo", not of type object'],
  ])('do not fit %j', (value, problem) => {
    expect(problems(value)).toEqual([problem]);
  });
});

describe('the directory objects of an answer', () => {
  const types = (body: unknown) => typedObjects(body).map(({ type, object }) => [type, object['id']]);

  it('are those of its context, or of their own type', () => {
    expect(types({ '@odata.context': `${GRAPH}users(id,manager())/$entity`, id: '1' })).toEqual([['user', '1']]);
    expect(types({ '@odata.context': `${GRAPH}users('1')/photos`, value: [{ id: '48x48' }] })).toEqual([
      ['profilePhoto', '48x48'],
    ]);
    expect(
      types({
        '@odata.context': `${GRAPH}directoryObjects`,
        value: [{ id: '1', '@odata.type': '#microsoft.graph.group' }, { id: '2' }],
      }),
    ).toEqual([
      ['group', '1'],
      ['directoryObject', '2'],
    ]);
  });

  it('are also those that are linked, and those of a batch', () => {
    const manager = { '@odata.type': '#microsoft.graph.user', id: '2' };
    const user = { '@odata.context': `${GRAPH}users/$entity`, id: '1', manager, 'members@delta': [{ id: '3' }] };

    expect(types({ responses: [{ id: 'a', body: user }, { id: 'b' }] })).toEqual([
      ['user', '1'],
      ['user', '2'],
      ['directoryObject', '3'],
    ]);
  });

  it('are none in a refusal, in a text and in a collection of texts', () => {
    expect(types({ error: { code: 'x', message: 'y' } })).toEqual([]);
    expect(types('7')).toEqual([]);
    expect(types({ '@odata.context': `${GRAPH}Collection(Edm.String)`, value: ['1'] })).toEqual([]);
  });
});

describe('the sweep', () => {
  it('gets an answer from every read route, with users, groups and photos in them', async () => {
    const seen = new Set<string>();

    const silent = await sweep(({ answer }) => typedObjects(answer.body).forEach(({ type }) => seen.add(type)));

    expect(silent).toEqual([]);
    expect([...seen]).toEqual(expect.arrayContaining(['user', 'group', 'profilePhoto', 'organization', 'application']));
  }, 180_000);
});
