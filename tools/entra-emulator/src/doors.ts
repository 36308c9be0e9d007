import Fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify';
import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { EmulatorError } from './emulator-error.ts';

/** Where the emulator is reached: the same routes in clear and over TLS. */
export interface Doors {
  readonly httpUrl: string;
  readonly httpsUrl: string;
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly tlsPort: number;
  readonly tls: Pick<ServerOptions, 'cert' | 'key'>;
  /** Of both doors. */
  readonly plugins: readonly FastifyPluginAsync[];
  /** Only of the door in clear. */
  readonly plainPlugins: readonly FastifyPluginAsync[];
}

/**
 * Opens both doors, or neither: an EmulatorError `port-in-use` names the port that could not be had.
 */
export async function openDoors(options: DoorOptions): Promise<Doors> {
  // Closing must not wait for clients that keep their connections.
  const common = { forceCloseConnections: true, routerOptions: { maxParamLength: 2000 } };
  const plain = Fastify(common);
  const secure = Fastify({ ...common, https: options.tls }) as unknown as FastifyInstance;
  const close = async (): Promise<void> => {
    await Promise.all([plain.close(), secure.close()]);
  };
  try {
    for (const door of [plain, secure]) {
      for (const plugin of options.plugins) await door.register(plugin);
    }
    for (const plugin of options.plainPlugins) await plain.register(plugin);
    const httpUrl = await listen(plain, 'http', options.host, options.port);
    const httpsUrl = await listen(secure, 'https', options.host, options.tlsPort);
    return { httpUrl, httpsUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(door: FastifyInstance, scheme: string, host: string, port: number): Promise<string> {
  try {
    await door.listen({ host, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const text = code === 'EADDRINUSE' ? `port ${port} is in use` : `cannot listen on ${host}:${port}: ${message}`;
    throw new EmulatorError(code === 'EADDRINUSE' ? 'port-in-use' : 'not-listening', text, { cause: error });
  }
  const { port: actual } = door.server.address() as AddressInfo;
  return `${scheme}://localhost:${actual}`;
}
