import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiDocument } from '../../src/openapi/document.ts';
import { operations } from '../../src/openapi/operations.ts';

interface Described {
  readonly operationId?: string;
  readonly summary?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

let document: Document;
let all: (readonly [string, Described])[];

beforeAll(async () => {
  // As it is sent: whatever isn't JSON is gone.
  document = JSON.parse(JSON.stringify(await openApiDocument())) as Document;
  all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => [`${method.toUpperCase()} ${path}`, described] as const),
  );
}, 60_000);

const described = (name: string) => new Map(all).get(name);

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1, with references that lead somewhere', async () => {
    const validator = new Validator();

    const { valid, errors } = await validator.validate({ ...structuredClone(document) });

    expect([document.openapi, valid, errors]).toEqual(['3.1.0', true, undefined]);
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  it('is found invalid when something is wrong with it', async () => {
    const { valid } = await new Validator().validate({ ...structuredClone(document), paths: { api: {} } });

    expect(valid).toBe(false);
  });

  it('is the one in docs/openapi.json (npm run openapi writes it)', async () => {
    const written = await readFile(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8');

    expect(JSON.parse(written)).toEqual(document);
  });

  it('has every operation with its own name, and none that has no route', () => {
    const ids = all.map(([, { operationId }]) => operationId);

    expect(ids.filter((id) => id === undefined)).toEqual([]);
    expect(ids.toSorted()).toEqual([...operations.values()].map(({ operationId }) => operationId).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
    expect(all.filter(([, { summary }]) => !summary)).toEqual([]);
  });

  it('says for every operation what a success is, and that refusals are problem documents', () => {
    const statuses = ({ responses }: Described) => Object.keys(responses);
    const refusals = all.flatMap(([, { responses }]) =>
      Object.entries(responses).flatMap(([status, { content }]) => (status >= '4' ? [Object.keys(content ?? {})] : [])),
    );

    expect(all.filter(([, one]) => !statuses(one).some((status) => status.startsWith('2')))).toEqual([]);
    expect(all.filter(([, one]) => !statuses(one).includes('503'))).toEqual([]);
    expect(new Set(refusals.flat())).toEqual(new Set(['application/problem+json']));
  });

  it('says who may ask: sessions, and tokens by the scope of the route', () => {
    expect(described('POST /api/sync-runs')?.security).toEqual([{ session: [] }, { token: ['provisioning:sync'] }]);
    expect(described('POST /api/tokens')?.security).toEqual([{ session: [] }]);
    expect(described('GET /api/openapi.json')?.security).toEqual([]);
  });
});
