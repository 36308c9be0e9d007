import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An application's front-channel logout URL, which takes note of the queries that it is called with. */
export interface LogoutListener {
  readonly url: string;
  readonly calls: readonly string[];
  close(): Promise<void>;
}

export async function openLogoutListener(): Promise<LogoutListener> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(new URL(request.url ?? '', 'http://localhost').search);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/auth/front-channel-logout`,
    calls,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
