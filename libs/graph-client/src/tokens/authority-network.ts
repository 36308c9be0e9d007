import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { withDeadline } from '../client/deadline.ts';
import { GraphError } from '../errors/graph-error.ts';

/**
 * MSAL's way to the network: only to the authority's own host, within a time, and without following redirects, because
 * each request for a token carries the application's secret or an assertion that stands for it.
 */
export function authorityNetwork(authority: URL, timeoutMs: number): INetworkModule {
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
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
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
