import { STATUS_CODES } from 'node:http';
import fastifySwagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { scopes } from '../api-tokens/scopes.ts';
import { cookieNames } from '../sessions/cookies.ts';
import { type Operation, operations } from './operations.ts';

/** How every refusal of the API is told: RFC 9457, and a `code` that stays the same when words change. */
const ProblemDocument = Type.Object({
  type: Type.String({ format: 'uri-reference' }),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  reference: Type.Optional(Type.String()),
});

const info = {
  title: 'Learn Amp directory integration',
  version: '1',
  description:
    'User provisioning and single sign-on of an organisation. Programs send a token that an Owner or Admin made; ' +
    'the pages send the cookies of a session, and say that they are pages of the same site (Sec-Fetch-Site, Origin).',
  license: { name: 'MIT', identifier: 'MIT' },
};

const securitySchemes = {
  session: {
    ...({ type: 'apiKey', in: 'cookie', name: cookieNames.session } as const),
    description: 'Of a browser in which somebody is signed in.',
  },
  token: {
    ...({ type: 'http', scheme: 'bearer' } as const),
    description: `A token for programs, with scopes:\n${Object.entries(scopes)
      .map(([scope, words]) => `- \`${scope}\`: ${words}`)
      .join('\n')}`,
  },
};

const keyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      maxLength: 202,
      description: "Of the caller's own making: the same request with the same key is done once, within 24 hours.",
    }),
  ),
});

/** Collects every route that is added from here on. */
export async function addOpenApi(server: FastifyInstance): Promise<void> {
  server.addSchema({ ...ProblemDocument, $id: 'Problem' });
  await server.register(fastifySwagger, {
    openapi: {
      ...{ openapi: '3.1.0', info, components: { securitySchemes } },
      servers: [
        { url: 'https://{subdomain}.learnamp.com', variables: { subdomain: { default: 'your-organisation' } } },
      ],
      tags: [...new Set([...operations.values()].map(({ tag }) => tag))].map((name) => ({ name })),
    },
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, index) => (typeof $id === 'string' ? $id : `Schema${index}`),
    },
    transform: ({ schema, url, route }) => ({ url, schema: describe(schema, route) }),
  } satisfies FastifyDynamicSwaggerOptions);
}

/** Serves the document, the same to everybody: no organisation is in it. */
export function openApiRoutes(server: FastifyInstance): void {
  server.get('/api/openapi.json', (_request, reply) =>
    reply.type('application/json').serializer(JSON.stringify).send(server.swagger()),
  );
}

/** A route as the document has it: its own schemas, with what is the same for all of them. */
function describe(schema: FastifySchema | undefined, { method, url, config }: RouteOptions): FastifySchema {
  const operation = operations.get(`${[method].flat().join()} ${url}`);
  if (!operation) return { ...schema, hide: true };
  const { operationId, summary, tag, consumes, answers, for: whom } = operation;
  const { scope, keepsNoAnswer } = config ?? {};
  const isKeyed = method !== 'GET' && keepsNoAnswer !== true;
  return {
    ...schema,
    ...{ operationId, summary, tags: [tag] },
    ...(isKeyed ? { headers: keyHeader } : {}),
    ...(consumes ? { consumes: [...consumes], body: Type.String({ format: 'binary' }) } : {}),
    security: whom === 'everybody' ? [] : [{ session: [] }, ...(scope === undefined ? [] : [{ token: [scope] }])],
    response: { ...named(answers ?? (schema?.response as Answers)), ...refusalsOf(operation, schema, isKeyed) },
  };
}

type Answers = Readonly<Record<string, TSchema>>;

const named = (answers: Answers) =>
  Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      { ...schema, 'x-response-description': STATUS_CODES[status] ?? 'Success' },
    ]),
  );

function refusalsOf(operation: Operation, schema: FastifySchema | undefined, isKeyed: boolean) {
  const takes = schema?.body ?? schema?.querystring ?? schema?.params ?? operation.consumes;
  const statuses = [
    ...(takes === undefined && !isKeyed ? [] : [400]),
    ...(operation.for === 'everybody' ? [] : [401]),
    ...(operation.for === undefined ? [403] : []),
    ...[404, ...(isKeyed ? [409, 422] : []), ...(operation.refuses ?? []), 429, 503],
  ];
  return Object.fromEntries(statuses.map((status) => [status, problemAnswer(STATUS_CODES[status] ?? '')]));
}

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
});
