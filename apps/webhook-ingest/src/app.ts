import type { Bus } from '@learnamp/bus';
import type { KeyRing } from '@learnamp/contracts';
import { addHealthRoutes, createMetrics, type Logger, type Metrics, traceRequests } from '@learnamp/service';
import Fastify, { type FastifyInstance } from 'fastify';
import { createDoor, type TlsFiles } from './door/create-door.ts';
import { answerHandshake } from './handshake/answer-handshake.ts';
import { BodyRoom } from './limits/body-room.ts';
import { createIngestMetrics } from './metrics/ingest-metrics.ts';
import { takeNotifications } from './notifications/take-notifications.ts';
import { answerFrameworkError, answerProblems, protect } from './problems/answer-problems.ts';
import { answerUnreadable } from './problems/answer-unreadable.ts';
import { createPublishing } from './publishing/publish-notifications.ts';

export interface WebhookIngestDeps {
  readonly bus: Pick<Bus, 'publish'>;
  /** The keys that clientStates are signed with. */
  readonly keys: KeyRing;
  readonly logger: Logger;
  /** https with these; plain http without. */
  readonly tls?: TlsFiles;
  readonly now?: () => Date;
  /**
   * Notifications that may be with the bus; beyond it the answer is 503. Default 1,024: what comes at 500 a second while
   * one answer waits as long as it may, so that a broker that pauses for a moment turns nobody away.
   */
  readonly maxInFlight?: number;
  /** How long an answer waits for the bus. Default 2,000 ms: Graph wants one within 3 s, transport included. */
  readonly giveUpAfterMs?: number;
  /** Bytes of all requests together that may be in memory; beyond it the answer is 503. Default 16 MB. */
  readonly maxBodyBytes?: number;
  /** Where the door's numbers are kept; in a room of their own where nobody asks for them. */
  readonly metrics?: Metrics;
  /** Says when the door is about to close. */
  readonly leaving?: AbortSignal;
}

const bodyLimit = 1_048_576;

/**
 * Microsoft's door: `POST /graph/notifications` and `POST /graph/lifecycle`, one door under two addresses, and the
 * health routes. Not listening yet; the bus stays the caller's to close.
 */
export function buildApp(deps: WebhookIngestDeps): FastifyInstance {
  const { logger, keys } = deps;
  const publishing = createPublishing({
    bus: deps.bus,
    logger,
    now: deps.now ?? (() => new Date()),
    maxInFlight: deps.maxInFlight ?? 1_024,
    giveUpAfterMs: deps.giveUpAfterMs ?? 2_000,
  });
  const bodies = new BodyRoom(deps.maxBodyBytes ?? 16 * 1_048_576);
  const metrics = createIngestMetrics(deps.metrics ?? createMetrics(), {
    publishing: publishing.inFlight,
    bodyBytes: () => bodies.held,
  });
  const server = Fastify({
    bodyLimit,
    clientErrorHandler: answerUnreadable((status) => metrics.answered(status, 0)),
    frameworkErrors: answerFrameworkError,
    serverFactory: (listener) => createDoor(deps.tls, listener),
  });

  // Notifications are JSON; the one thing that comes as text, the handshake, is answered before its body is looked at.
  server.removeContentTypeParser('text/plain');
  traceRequests(server, 'webhook-ingest');
  server.addHook('onRequest', async (_request, reply) => protect(reply));
  server.addHook('onResponse', async (_request, reply) => metrics.answered(reply.statusCode, reply.elapsedTime / 1000));
  bodies.guard(server);
  answerProblems(server, logger);
  addHealthRoutes(server, { live: () => true, ready: publishing.hasRoom }, deps.leaving);

  const door = {
    onRequest: answerHandshake(logger, metrics),
    handler: takeNotifications({ keys, publish: publishing.publish, metrics, logger }),
  };
  server.post('/graph/notifications', door);
  server.post('/graph/lifecycle', door);
  return server;
}
