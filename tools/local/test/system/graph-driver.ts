/** Changes a directory as any client of Graph would. */
export interface GraphDriver {
  read<Answer>(path: string): Promise<Answer>;
  write(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void>;
}

export interface DriverSettings {
  /** The local Microsoft's http door, which any client may use on this machine. */
  readonly httpUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export async function graphDriver({ httpUrl, tenantId, clientId, clientSecret }: DriverSettings): Promise<GraphDriver> {
  const answer = await fetch(`${httpUrl}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${httpUrl}/v1.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    read: async <Answer>(path: string) => (await (await call('GET', path)).json()) as Answer,
    write: async (method, path, body) => {
      await call(method, path, body);
    },
  };
}

/** The body that adds a reference to a directory object. */
export const reference = (id: string) => ({
  '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
});
