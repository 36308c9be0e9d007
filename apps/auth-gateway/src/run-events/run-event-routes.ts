import type { Logger } from '@learnamp/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { notFound } from '../problems/problem.ts';
import type { Arrivals, SignedInArrival } from '../sessions/arrivals.ts';
import { isOver, type RunView } from '../sync-runs/run-view.ts';
import type { Runs } from '../sync-runs/runs.ts';
import { EventStream, runEvent } from './event-stream.ts';
import { createOpenStreams, type OpenStreams } from './open-streams.ts';
import { createRunWatches, type RunWatches } from './run-watches.ts';

/** How runs are followed. Times in milliseconds. */
export interface StreamSettings {
  /** Between two readings of a run that somebody follows. */
  readonly pollMs: number;
  /** Between two looks at whether whoever listens may still listen. */
  readonly recheckMs: number;
  readonly heartbeatMs: number;
  /** Of one organisation in one process. */
  readonly mostStreams: number;
}

export const defaultStreamSettings: StreamSettings = {
  pollMs: 1_000,
  recheckMs: 2_000,
  heartbeatMs: 15_000,
  mostStreams: 20,
};

export interface RunEventDeps {
  readonly arrivals: Arrivals;
  readonly runs: Runs;
  readonly logger: Logger;
  readonly streams?: StreamSettings;
}

const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });
type IdRequest = FastifyRequest<{ Params: Static<typeof Id> }>;

interface Parts extends Required<RunEventDeps> {
  readonly watches: RunWatches;
  readonly open: OpenStreams;
}

/** A run as server-sent events: its state at once, then each change, until it is over. For pages of an Owner or Admin. */
export function runEventRoutes(server: FastifyInstance, deps: RunEventDeps): void {
  const streams = deps.streams ?? defaultStreamSettings;
  const watches = createRunWatches({ ...deps, pollMs: streams.pollMs });
  const open = createOpenStreams(streams.mostStreams);
  const parts = { ...deps, streams, watches, open };
  // A server that is stopped waits for its answers, and these would have no end.
  server.addHook('preClose', (done) => {
    open.endAll();
    done();
  });
  server.get(
    '/api/sync-runs/:id/events',
    { schema: { params: Id }, exposeHeadRoute: false },
    async (request: IdRequest, reply) => {
      const arrival = await deps.arrivals.administratorInPerson(request, reply);
      const run = await deps.runs.find(arrival.organisation.id, request.params.id);
      if (!run) throw notFound();
      // It has the end already; 204 keeps a browser from asking again.
      if (isOver(run) && request.headers['last-event-id'] === runEvent(run).id) return reply.code(204).send();
      return reply
        .type('text/event-stream')
        .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        .send(streamOf(parts, arrival, reply, run));
    },
  );
}

function streamOf(parts: Parts, arrival: SignedInArrival, reply: FastifyReply, run: RunView): EventStream {
  const { arrivals, open, watches, streams } = parts;
  const organisationId = arrival.organisation.id;
  const stream = new EventStream();
  const leave = open.enter(organisationId, () => stream.end());
  const told = (now: RunView | null) => {
    if (!now) stream.end();
    else if (isOver(now)) stream.tellLast(runEvent(now));
    else stream.tell(runEvent(now));
  };
  const unwatch = watches.join({ organisationId, runId: run.id }, told);
  const recheck = async () => {
    // Who can't be checked is not told any more either.
    if (!(await arrivals.isStillAdministrator(arrival).catch(() => false))) stream.end();
  };
  const timers = [
    setInterval(() => stream.beat(), streams.heartbeatMs),
    setInterval(() => void recheck(), streams.recheckMs),
  ];
  // However it ends: the run, the session, this process, or whoever listened.
  stream.once('close', () => {
    leave();
    unwatch();
    for (const timer of timers) clearInterval(timer);
  });
  reply.raw.once('close', () => stream.destroy());
  told(run);
  return stream;
}
