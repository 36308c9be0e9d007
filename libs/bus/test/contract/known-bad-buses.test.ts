import { describe, expect, it } from '@jest/globals';
import type { OperatorBus } from '../../src/index.ts';
import { withEmbeddedSystem } from '../support/embedded-system.ts';
import { patience } from '../support/until.ts';
import { checkNamed } from './bus-contract.ts';
import * as bad from './known-bad-buses.ts';

const catches: readonly (readonly [fault: (bus: OperatorBus) => Partial<OperatorBus>, fact: string])[] = [
  [bad.commitsBeforeTheHandler, 'does not move the offset while the handler throws'],
  [bad.commitsBeforeTheHandler, 'hands the same records over again when a handler throws, until it decides'],
  [bad.swallowsFailures, 'does not move the offset while the handler throws'],
  [
    bad.dropsHeadersOfDeadLetters,
    'keeps a dead letter with its bytes, key and headers, says why, and goes on with what is behind it',
  ],
  [bad.movesPastUnwrittenDeadLetters, 'does not move past a dead letter that it could not write'],
  [bad.acknowledgesBeforeWriting, 'loses nothing of many publishers at once'],
  [bad.partitionsByKey, 'puts all records of one organisation into its partition, whatever their keys'],
  [bad.seeksActiveGroups, 'refuses to move a group that has members'],
  [bad.leavesOneRecord, 'forgets what lies before an offset, and goes on from there, group and writer alike'],
  [bad.losesTraceContexts, 'leads from the span of a publish to that of whoever handles its records'],
  [bad.appendsByKey, 'appends to the partition that is named, with the bytes, key and headers as they are'],
];

describe('the contract', () => {
  it.each(catches.map(([fault, fact]) => ({ name: fault.name, fault, fact })))(
    'fails on a bus that $name: $fact',
    async ({ fault, fact }) => {
      // The unbroken bus keeps to the same fact, so it is the fault that is caught.
      await withEmbeddedSystem((system) => checkNamed(fact).run(system));

      const run = patience.run(2_000, () =>
        withEmbeddedSystem((system) => checkNamed(fact).run(bad.broken(system, fault))),
      );

      await expect(run).rejects.toThrow();
    },
    60_000,
  );
});
