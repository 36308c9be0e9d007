import { context, propagation, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OtlpReceiver, startOtlpReceiver } from '@learnamp/testkit';
import { inSpan } from '@learnamp/tracing';
import { createLogger, loadConfig, startTracing, type Tracing, TracingVariables } from '../../src/index.ts';

let receiver: OtlpReceiver;
let lines: string[];
let tracing: Tracing;

beforeEach(async () => {
  receiver = await startOtlpReceiver();
  lines = [];
  tracing = { stop: () => Promise.resolve() };
});
afterEach(async () => {
  await tracing.stop();
  for (const api of [trace, context, propagation]) api.disable();
  await receiver.stop();
});

async function start(env: Record<string, string>): Promise<void> {
  const logger = createLogger('a-service', 'info', { write: (line) => void lines.push(line) });
  tracing = await startTracing('a-service', loadConfig(TracingVariables, env), logger);
}

const work = (name = 'work') =>
  inSpan(name, { scope: 'test', attributes: { 'learnamp.states': 3 } }, () => Promise.resolve());
const warnings = () => lines.filter((line) => line.includes('"level":40'));
const eventually = async (fact: () => boolean) => {
  const deadline = performance.now() + 10_000;
  while (!fact() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(fact()).toBe(true);
};

describe('traces of a service', () => {
  it('go to the collector that is named, with the name of the service, at the latest when it stops', async () => {
    await start({ OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/` });
    await work();

    await tracing.stop();

    const about = { service: 'a-service', scope: 'test', name: 'work', kind: 'internal', failed: false };
    expect(receiver.spans()).toEqual([expect.objectContaining({ ...about, attributes: { 'learnamp.states': 3 } })]);
  });

  it('go by themselves after a while', async () => {
    await start({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/v1/traces`, OTEL_BSP_SCHEDULE_DELAY: '10' });

    await work();

    await eventually(() => receiver.spans().length === 1);
  });

  it.each([
    ['no collector is named', {}],
    ['the SDK is disabled', { OTEL_EXPORTER_OTLP_ENDPOINT: 'the collector', OTEL_SDK_DISABLED: 'TRUE' }],
    ['nothing is sampled', { OTEL_EXPORTER_OTLP_ENDPOINT: 'the collector', OTEL_TRACES_SAMPLER: 'always_off' }],
    [
      'no trace is chosen',
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'the collector',
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0',
      },
    ],
  ])('are not sent where %s', async (_when, env: Record<string, string>) => {
    const named = Object.entries(env).map(([name, value]) => [name, value.replace('the collector', receiver.url)]);
    await start(Object.fromEntries(named) as Record<string, string>);
    await work();

    await tracing.stop();

    expect(receiver.requests()).toBe(0);
  });

  it('are a matter of one line in the log while the collector refuses them, and of one when it takes them again', async () => {
    receiver.behave('refuse');
    await start({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '5' });
    for (const requests of [1, 2, 3]) {
      await work();
      await eventually(() => receiver.requests() >= requests && warnings().length > 0);
    }
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('spans can not be sent');
    expect(warnings()[0]).not.toContain('trace_id');

    receiver.behave('take');
    await work('the next');
    await eventually(() => lines.some((line) => line.includes('spans are sent again')));

    expect(receiver.spans().map(({ name }) => name)).toContain('the next');
    expect(warnings()).toHaveLength(1);
  });

  it('keep nobody waiting for a collector that never answers, and a stop no longer than two seconds', async () => {
    receiver.behave('hang');
    // Read by the SDK itself. Longer than a stop may take, shorter than its own ten seconds, for which the test would linger.
    process.env['OTEL_EXPORTER_OTLP_TIMEOUT'] = '3000';
    await start({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '5' });
    delete process.env['OTEL_EXPORTER_OTLP_TIMEOUT'];
    const startedAt = performance.now();
    for (let index = 0; index < 5_000; index += 1) await work();
    await eventually(() => receiver.requests() > 0);
    expect(performance.now() - startedAt).toBeLessThan(5_000);

    const stopping = performance.now();
    await tracing.stop();

    expect(performance.now() - stopping).toBeLessThan(2_500);
  });

  it('are in the lines of the log that are written in a span, and in no others', async () => {
    await start({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    const logger = createLogger('a-service', 'info', { write: (line) => void lines.push(line) });

    await inSpan('work', { scope: 'test' }, () => {
      logger.info('in a span');
      return Promise.resolve();
    });
    logger.info('in none');
    await tracing.stop();

    const [span] = receiver.spans();
    const [inside, outside] = lines.slice(-2).map((line) => JSON.parse(line) as object);
    expect(inside).toMatchObject({ msg: 'in a span', trace_id: span?.traceId, span_id: span?.spanId });
    expect(outside).not.toHaveProperty('trace_id');
  });
});

describe('the variables of traces', () => {
  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'grpc://collector'],
    ['OTEL_SDK_DISABLED', 'yes'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_BSP_SCHEDULE_DELAY', 'soon'],
  ])('are refused where %s is %s, without showing the value', (name, value) => {
    const load = () => loadConfig(TracingVariables, { [name]: value });

    expect(load).toThrow(new RegExp(`^invalid configuration: ${name} `));
    expect(load).not.toThrow(value);
  });
});
