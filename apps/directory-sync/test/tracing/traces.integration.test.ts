import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RecordedSpans, recordSpans, type ToldSpan } from '@learnamp/testkit';
import { inSpan } from '@learnamp/tracing';
import { user } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';

jest.setTimeout(60_000);

describe('what directory-sync does, in traces', () => {
  let recorded: RecordedSpans;
  let system: System;

  beforeAll(async () => {
    recorded = recordSpans();
    system = await startSystem();
    await system.start();
    await system.settled();
  });
  afterAll(async () => {
    await system.close();
    await recorded.stop();
  });

  /** Publishes within a span of its own, and gives its trace. */
  async function inTrace(name: string, publish: () => Promise<void>): Promise<string> {
    await inSpan(name, { scope: 'test', causes: [] }, publish);
    return recorded.spans().find((span) => span.name === name)?.traceId ?? '';
  }

  /** Hints come while nobody works; then all of them are followed at once. */
  async function followed(names: readonly string[], jobTitle: string): Promise<string[]> {
    await system.stop();
    await system.change('PATCH', `/users/${user(1)}`, { jobTitle });
    const traceIds: string[] = [];
    for (const name of names)
      traceIds.push(await inTrace(name, () => system.hint({ kind: 'users', objectId: user(1) })));
    await system.start();
    await system.settled();
    return traceIds;
  }

  const spansOf = (traceId: string | undefined, name: string) =>
    recorded.spans().filter((span) => span.traceId === traceId && span.name === name);
  const named = (traceId: string | undefined, name: string): ToldSpan => {
    const [span] = spansOf(traceId, name);
    if (!span)
      throw new Error(
        `there is no span ${name} in ${recorded
          .spans()
          .map((one) => one.name)
          .join(', ')}`,
      );
    return span;
  };

  it('has a run in the trace of the hint that led to it, with its stages and what it emitted', async () => {
    const [traceId] = await followed(['a hint'], 'Weaver');

    const run = named(traceId, 'delta run');
    expect(run.parentSpanId).toBe(named(traceId, 'send graph.notifications').spanId);
    expect(run.attributes).toMatchObject({
      'learnamp.organisation.id': system.organisation.id,
      'learnamp.run.mode': 'delta',
      'learnamp.run.trigger': 'notification',
      'learnamp.run.emitted': 1,
    });
    for (const stage of ['read delta', 'read groups', 'read people', 'decide', 'emit', 'save round'])
      expect(named(traceId, stage).scope).toBe('directory-sync');
    expect(named(traceId, 'emit').attributes).toEqual({ 'learnamp.states': 1 });
    expect(spansOf(traceId, 'process directory.users').length).toBeGreaterThan(0);
  });

  it('has one run of several hints in the trace of the first, and leads there from all the others', async () => {
    const traceIds = await followed(['the first', 'the second', 'the third'], 'Dyer');

    const [run, ...echoes] = traceIds.map((traceId) => named(traceId, 'delta run'));
    const linked = run?.links.map(({ traceId }) => traceId);
    expect(linked).toEqual(traceIds.slice(1));
    expect(echoes.map(({ links }) => links)).toEqual(
      echoes.map(() => [{ traceId: run?.traceId, spanId: run?.spanId }]),
    );
    expect(spansOf(traceIds[0], 'emit')).toHaveLength(1);
    expect(spansOf(traceIds[1], 'emit')).toEqual([]);
  });

  it('tells the first sixteen traces of a burst what became of them', async () => {
    const traceIds = await followed(
      Array.from({ length: 20 }, (_, number) => `hint ${number}`),
      'Carder',
    );

    const told = traceIds.map((traceId) => spansOf(traceId, 'delta run').length);
    expect(told).toEqual([...Array<number>(16).fill(1), ...Array<number>(4).fill(0)]);
    const record = await system.stores.workRecords.findById(system.organisation.id).lean();
    expect([record?.hints.traceparents ?? [], record?.answering.traceparents ?? []]).toEqual([[], []]);
  });

  it('says of hints about nobody we follow that there was nothing to do', async () => {
    const traceId = await inTrace('a stranger', () => system.hint({ kind: 'users', objectId: user(99) }));
    await system.settled();

    expect(named(traceId, 'hints of nobody we follow').failed).toBe(false);
    expect(spansOf(traceId, 'delta run')).toEqual([]);
  });

  it('has the run that somebody asked for in the trace of their request, and its photos too', async () => {
    const traceId = await inTrace('a request', () => system.request({ mode: 'full', requestId: 'traced' }));
    await system.settled();

    const run = named(traceId, 'full run');
    expect(run.parentSpanId).toBe(named(traceId, 'send sync.requests').spanId);
    expect(named(traceId, 'photos').attributes['learnamp.run.id']).toBe(run.attributes['learnamp.run.id']);
  });

  it('has each request to Graph, by its route', () => {
    const requests = recorded.spans().filter(({ attributes }) => 'url.template' in attributes);

    expect(requests.map(({ name }) => name)).toContain('POST /v1.0/$batch');
    expect(requests.filter(({ name, parentSpanId }) => /[0-9a-f]{8}-/.test(name) || !parentSpanId)).toEqual([]);
  });

  it('has a run without a cause in a trace of its own', () => {
    const fulls = recorded.spans().filter(({ name }) => name === 'full run');

    expect(fulls[0]).toMatchObject({ parentSpanId: undefined, attributes: { 'learnamp.run.trigger': 'setup' } });
  });
});
