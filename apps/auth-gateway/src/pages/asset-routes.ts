import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

const types = {
  'style.css': 'text/css; charset=utf-8',
  'home.css': 'text/css; charset=utf-8',
  'settings.css': 'text/css; charset=utf-8',
  'imports.css': 'text/css; charset=utf-8',
  'records.css': 'text/css; charset=utf-8',
  'imports.mjs': 'text/javascript; charset=utf-8',
  'sync-users.mjs': 'text/javascript; charset=utf-8',
  'session-watch.mjs': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** Serves our stylesheets, script and icon, read once. The folder is beside `src` and `dist` alike. */
export async function assetRoutes(server: FastifyInstance): Promise<void> {
  for (const [name, type] of Object.entries(types)) {
    const content = await readFile(new URL(`../../assets/${name}`, import.meta.url));
    const etag = `"${createHash('sha256').update(content).digest('base64url')}"`;
    server.get(`/assets/${name}`, async (request, reply) => {
      void reply.header('etag', etag).header('cache-control', 'no-cache');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type(type).send(content);
    });
  }
}
