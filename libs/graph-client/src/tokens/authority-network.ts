import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { withDeadline } from '../client/deadline.ts';
import { GraphError } from '../errors/graph-error.ts';
import { aadstsNumber } from './token-error.ts';

/** MSAL's way to the network, and what it does not tell of what came back. */
export interface AuthorityNetwork extends INetworkModule {
  /** Why the authority gave no metadata last time: a tenant that does not exist, for instance. */
  discoveryRefusal(): GraphError | undefined;
}

/**
 * MSAL's way to the network: only to the authority's own host, within a time, and without following redirects, because
 * each request for a token carries the application's secret or an assertion that stands for it.
 */
export function authorityNetwork(authority: URL, timeoutMs: number): AuthorityNetwork {
  let discoveryRefusal: GraphError | undefined;
  const send = async <Body>(method: string, url: string, options: NetworkRequestOptions = {}) => {
    if (new URL(url).origin !== authority.origin) {
      throw new GraphError('foreign-link', 'the authority names an endpoint on another host');
    }
    const { headers = {}, body } = options;
    return withDeadline(timeoutMs, undefined, (signal) =>
      read<Body>(url, { method, headers, redirect: 'error', signal, ...(body === undefined ? {} : { body }) }),
    );
  };
  return {
    discoveryRefusal: () => discoveryRefusal,
    sendGetRequestAsync: async <Body>(url: string, options?: NetworkRequestOptions) => {
      discoveryRefusal = undefined;
      const answer = await send<Body>('GET', url, options);
      // MSAL takes every failed discovery for a passing one.
      discoveryRefusal = refusalOf(answer.status, answer.body);
      return answer;
    },
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

function refusalOf(status: number, body: unknown): GraphError | undefined {
  if (status < 400 || status >= 500 || status === 429) return undefined;
  const { error_description: description } = (body ?? {}) as Record<string, unknown>;
  return new GraphError('token-refused', `Entra knows no such authority (${status})`, {
    status,
    ...aadstsNumber(typeof description === 'string' ? description : ''),
  });
}

async function read<Body>(url: string, init: RequestInit): Promise<NetworkResponse<Body>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, init);
    text = await response.text();
  } catch (cause) {
    throw new GraphError('token-unavailable', 'the connection to Entra failed', { cause });
  }
  const { status, headers } = response;
  return { status, headers: Object.fromEntries(headers), body: parsed(text, status) as Body };
}

function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new GraphError('token-unavailable', `Entra answered ${status} without JSON`, { status });
  }
}
