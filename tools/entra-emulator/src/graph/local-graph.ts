import { checkOptions } from '../check-options.ts';
import { allAppRoles } from '../directory/default-application.ts';
import type { DirectoryFile } from '../directory/directory-file.ts';
import type { DirectoryReads } from '../directory/directory.ts';
import { checkDirectoryFile } from '../directory/parse-directory-file.ts';
import type { AccessToken } from '../entra/ports.ts';
import { loadPhotos } from '../photos/load-photos.ts';
import { createGraph, type GraphControls, type GraphOptions, type GraphSurroundings } from './create-graph.ts';
import { createTenant } from './create-tenant.ts';
import type { DeltaOptions } from './delta/delta-options.ts';
import type { GraphAnswer } from './protocol/graph-request.ts';

export interface LocalGraphOptions extends GraphOptions, Partial<Pick<GraphSurroundings, 'clock' | 'wait'>> {
  readonly directory: DirectoryFile;
  readonly delta?: Partial<DeltaOptions>;
  /** Makes the ids of new users and groups; random ones by default. */
  readonly newId?: () => string;
}

/** What a request has beside its method and address. */
export interface LocalRequest {
  /** An object is taken as JSON, bytes as they are. */
  readonly body?: object;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Who asks: an application with every permission unless told otherwise. */
  readonly token?: Partial<AccessToken>;
}

/** Graph in this process. */
export interface LocalGraph extends GraphControls {
  /** The directory as it is now, to compare with. */
  readonly directory: DirectoryReads;
  /** A request below `/v1.0`, or a whole link of an answer. Rejects when a fault closes the connection. */
  call(method: string, address: string, request?: LocalRequest): Promise<GraphAnswer>;
}

const ORIGIN = 'https://graph.microsoft.com';

/** Graph without any socket, certificate or sign-in, for those who make very many requests. There are no subscriptions. */
export function openLocalGraph(options: LocalGraphOptions): LocalGraph {
  checkOptions(options);
  const { clock = () => new Date() } = options;
  const file = checkDirectoryFile(options.directory);
  const tenant = createTenant(file, loadPhotos(file, '.'), options.delta ?? {}, clock, options.newId);
  const { service, ...controls } = createGraph(
    {
      ...(options.wait === undefined ? {} : { wait: options.wait }),
      routes: [],
      clock,
      tenant: (tenantId) => (tenantId === file.tenant.id ? tenant : undefined),
      verifyAccessToken: () => Promise.reject(new Error('callers in this process say who they are')),
    },
    options,
  );
  const appId = tenant.applications.all()[0]?.appId ?? '';
  const caller: AccessToken = { tenantId: file.tenant.id, appId, roles: allAppRoles, scopes: [], expiresAt: Infinity };
  return {
    ...controls,
    directory: tenant.directory,
    call: (method, address, { body, headers = {}, token } = {}) =>
      service({ method, ...splitAddress(address), ...encode(body, headers), origin: ORIGIN }, { ...caller, ...token }),
  };
}

function splitAddress(address: string): { path: string; query: string } {
  const url = address.replace(`${ORIGIN}/v1.0`, '');
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

function encode(
  body: object | undefined,
  headers: Readonly<Record<string, string>>,
): { headers: Readonly<Record<string, string>>; body?: Buffer } {
  if (body === undefined) return { headers };
  if (Buffer.isBuffer(body)) return { headers, body };
  return { headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(JSON.stringify(body)) };
}
