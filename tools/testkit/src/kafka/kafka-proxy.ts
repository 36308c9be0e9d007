import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Kafka's API key of a Produce request, the first field behind the frame's length. */
const produceApiKey = 0;

export interface KafkaProxy {
  readonly port: number;
  /** From now on so many answers to Produce requests are lost: the broker appends, the connection breaks. */
  loseAnswers(count: number): void;
  /** How many answers were lost so far. */
  readonly lost: number;
  /** Connections are cut and refused until `comeBack`. */
  goAway(): void;
  comeBack(): void;
  /** Connections stay open, but nothing passes any more. */
  fallSilent(): void;
  close(): Promise<void>;
}

/** Stands between clients and one broker, and breaks what passes. */
export async function startKafkaProxy(broker: { host: string; port: number }): Promise<KafkaProxy> {
  const sockets = new Set<Socket>();
  const state = { toLose: 0, lost: 0, away: false, silent: false };

  function join(client: Socket): void {
    const upstream = connect(broker.port, broker.host);
    let producing = false;
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (data) => {
      if (state.silent) return;
      producing ||= data.length > 6 && data.readInt16BE(4) === produceApiKey;
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (state.silent) return;
      if (!producing || state.toLose === 0) {
        client.write(data);
        return;
      }
      state.toLose -= 1;
      state.lost += 1;
      cut();
    });
  }

  const server = createServer((client) => (state.away ? client.destroy() : join(client)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswers: (count) => (state.toLose = count),
    get lost() {
      return state.lost;
    },
    goAway() {
      state.away = true;
      cutAll();
    },
    comeBack() {
      state.away = false;
      state.silent = false;
      cutAll();
    },
    fallSilent: () => (state.silent = true),
    async close() {
      server.close();
      cutAll();
      await once(server, 'close');
    },
  };
}
