import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { sendPage } from '../pages/page.ts';
import { leaveOutEmpty } from '../paging/leave-out-empty.ts';
import { Next, type PageQuery, readPage } from '../paging/read-page.ts';
import { withScope } from '../api-tokens/scopes.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { exportRecords } from './export-records.ts';
import { exportQueryOf, type Filters, queryOf, type RecordList } from './record-list.ts';
import { recordPage } from './record-page.ts';

export interface RecordDeps {
  readonly arrivals: Arrivals;
}

type Query = PageQuery & Filters;
type ListRequest = FastifyRequest<{ Querystring: Query }>;
type ExportRequest = FastifyRequest<{ Querystring: Filters & { readonly format: string } }>;

const types: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
};

/** A list as a page, as JSON page by page, and as a file of all that its filters let through. Owner and Admin only. */
export function recordRoutes<Document, Item>(
  server: FastifyInstance,
  { arrivals }: RecordDeps,
  list: RecordList<Document, Item>,
): void {
  const { name, json } = list;
  const read = async (request: ListRequest, reply: Parameters<Arrivals['administrator']>[1]) => {
    const { organisation } = await arrivals.administrator(request, reply);
    const { limit, cursor, ...filters } = request.query;
    const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
    const found = await readPage(list.model, await list.filterOf(organisation, filters), list.order, page);
    return { organisation, filters, next: found.next, items: await list.itemsOf(organisation, found.items) };
  };
  const asked = { preValidation: leaveOutEmpty };

  server.get(`/${name}`, { ...asked, schema: { querystring: queryOf(list) } }, async (request: ListRequest, reply) => {
    const { organisation, filters, next, items } = await read(request, reply);
    const rows = { items: items.map((item) => list.row(item)), next };
    const formats = ['csv', json === 'array' ? 'json' : 'jsonl'];
    const isFirst = request.query.cursor === undefined;
    return sendPage(reply, 200, recordPage(organisation, { ...list, formats, rows, filters, isFirst }));
  });

  const response = { 200: Type.Object({ items: Type.Array(list.item), next: Next }) };
  server.get(
    `/api/${name}`,
    { ...asked, ...withScope(list.scope), schema: { querystring: queryOf(list), response } },
    async (request: ListRequest, reply) => {
      const { items, next } = await read(request, reply);
      void reply.header('cache-control', 'no-store');
      return { items, next };
    },
  );

  server.get(
    `/api/${name}/export`,
    { ...asked, ...withScope(list.scope), schema: { querystring: exportQueryOf(list) }, exposeHeadRoute: false },
    async (request: ExportRequest, reply) => {
      const { organisation } = await arrivals.administrator(request, reply);
      const { format, ...filters } = request.query;
      // What is wrong with the filters is said now, while there is still a status to say it by.
      await list.filterOf(organisation, filters);
      return reply
        .type(types[format] ?? '')
        .headers({
          'cache-control': 'no-store',
          'content-disposition': `attachment; filename="${organisation.subdomain}-${name}.${format}"`,
        })
        .send(Readable.from(exportRecords(list, organisation, { filters, format })));
    },
  );
}
