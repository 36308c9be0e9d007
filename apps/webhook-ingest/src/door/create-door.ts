import { createServer as createHttpServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';

/** A certificate and its private key, PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

// Graph sends small bodies at once; whoever takes longer only holds a connection (milliseconds).
const limits: ServerOptions = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 60_000,
  maxHeaderSize: 16_384,
};

/** What comes beyond is hung up on: each connection costs memory, whatever it says. */
const maxConnections = 1_000;

/** The server behind Fastify: https where there is a certificate, plain http behind a proxy that has one. */
export function createDoor(tls: TlsFiles | undefined, listener: RequestListener): Server {
  const server = tls
    ? createHttpsServer({ ...limits, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: 5_000 }, listener)
    : createHttpServer(limits, listener);
  server.maxConnections = maxConnections;
  return server;
}
