import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { mayAdminister } from '../sessions/visitors.ts';

export interface ConsoleDeps {
  readonly arrivals: Arrivals;
  /** The page that loads the console. */
  readonly page: string;
}

/** @throws Error that says how to build the console where it isn't. */
export async function readConsole(folder: URL): Promise<string> {
  try {
    return await readFile(new URL('index.html', folder), 'utf8');
  } catch (cause) {
    const path = fileURLToPath(folder);
    throw new Error(`the administrator's console is not built: ${path} is missing (npm run build makes it)`, { cause });
  }
}

/** Scripts and styles of the console. Their names have a hash, so a browser may keep them as long as it likes. */
export async function consoleAssets(server: FastifyInstance, folder: URL): Promise<void> {
  await server.register(fastifyStatic, {
    root: fileURLToPath(new URL('assets/', folder)),
    prefix: '/admin/assets/',
    // Brotli or gzip, made when the console was built.
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
    index: false,
  });
}

/** The console itself, one page for all its addresses. Who isn't signed in is led to the home page, and back from there. */
export function consoleRoutes(server: FastifyInstance, { arrivals, page }: ConsoleDeps): void {
  const show = async (request: FastifyRequest, reply: FastifyReply) => {
    const { visitor } = await arrivals.of(request, reply);
    if (!visitor) return reply.redirect(`/?${new URLSearchParams({ returnTo: request.url }).toString()}`, 303);
    if (!mayAdminister(visitor))
      throw new Problem(403, 'not-an-administrator', 'The console is for Owners and Admins.');
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
  };
  server.get('/admin', show);
  server.get('/admin/*', show);
}
