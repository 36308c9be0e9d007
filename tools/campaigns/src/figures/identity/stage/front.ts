import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What stands before several replicas of a service, as a Kubernetes Service does. */
export interface Front {
  readonly port: number;
  /** Where new connections go, one after the other. Those that are open stay where they are. */
  leadTo(ports: readonly number[]): void;
  /** Resolves when nobody is connected to any port but those that it leads to. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export async function startFront(): Promise<Front> {
  const open = new Map<Socket, number>();
  let [ports, next]: [readonly number[], number] = [[], 0];
  const server = createServer((socket) => {
    const port = ports[(next += 1) % ports.length];
    if (port === undefined) {
      socket.destroy();
      return;
    }
    const replica = connect(port, '127.0.0.1');
    join(socket, replica);
    join(replica, socket);
    open.set(socket, port);
    socket.on('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (wanted) => {
      ports = wanted;
    },
    settled: async () => {
      while ([...open.values()].some((port) => !ports.includes(port))) await sleep(5);
    },
    stop: async () => {
      for (const socket of open.keys()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function join(one: Socket, other: Socket): void {
  one.on('error', () => other.destroy());
  one.on('close', () => other.end());
  one.pipe(other);
}
