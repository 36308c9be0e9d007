import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Draw } from '../../provisioning/simulation/draw.ts';

const anything = fc.jsonValue({ maxDepth: 3 });
const drawn = (draw: Draw) => fc.sample(anything, { numRuns: 1, seed: draw.below(2 ** 31) })[0];

/** What looks like an element but for one field. */
function almost(draw: Draw): Readonly<Record<string, unknown>> {
  const element: Record<string, unknown> = {
    changeType: 'updated',
    clientState: 'k1.users.acme.x',
    resource: `Users/${randomUUID()}`,
    subscriptionId: randomUUID(),
    tenantId: randomUUID(),
  };
  const field = draw.from(Object.keys(element)) ?? '';
  element[field] = draw.from<unknown>([
    undefined,
    null,
    7,
    [],
    {},
    { $ne: null },
    ['a'],
    'x'.repeat(5_000),
    drawn(draw),
  ]);
  return element;
}

const shapes: readonly ((draw: Draw) => string | Buffer)[] = [
  (draw) => JSON.stringify(drawn(draw)),
  (draw) => JSON.stringify({ value: drawn(draw) }),
  (draw) => JSON.stringify({ value: [drawn(draw), almost(draw), drawn(draw)] }),
  (draw) => JSON.stringify({ value: Array.from({ length: draw.below(20) }, () => almost(draw)) }),
  (draw) => `{"value":${'['.repeat(10_000)}${']'.repeat(draw.below(10_001))}}`,
  (draw) => `{"value":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}${draw.chance(0.5) ? '}' : ''}`,
  () => '{"value":[{"__proto__":{"clientState":"x"}}],"__proto__":{"value":[]}}',
  () => '{"value":[{"constructor":{"prototype":{"a":1}}}]}',
  () => '{"value":[],"value":{},"value":[1]}',
  () => Buffer.from([...Buffer.from('{"value":["'), 0xc3, 0x28, 0xed, 0xa0, 0x80, ...Buffer.from('"]}')]),
  () => Buffer.from('\ufeff{"value":[]}', 'utf16le'),
  (draw) => JSON.stringify({ value: [almost(draw)] }).slice(0, 1 + draw.below(150)),
  (draw) => `{"value":[1e${draw.below(2_000)},-0,0.${'1'.repeat(300)}]}`,
  () => '',
];

/** A body that no notification of ours is in. */
export const malformedBody = (draw: Draw): string | Buffer => draw.from(shapes)?.(draw) ?? '';
