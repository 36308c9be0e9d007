import { EmulatorError } from './emulator-error.ts';
import { checkDeltaOptions } from './graph/faults/check-fault-rule.ts';
import { must, shaped } from './graph/faults/shape-check.ts';
import type { Throttling } from './graph/throttling/throttle.ts';

const checkThrottling = shaped<Exclude<Throttling, false>>({
  scale: must('a number above 0', (value) => typeof value === 'number' && value > 0),
});

/** Refuses figures by which no emulator could run: an EmulatorError `options-invalid` names the option. */
export function checkOptions({
  delta,
  throttling,
}: {
  readonly delta?: object;
  readonly throttling?: Throttling;
}): void {
  const problems = {
    delta: delta && checkDeltaOptions(delta),
    throttling: throttling && checkThrottling(throttling),
  };
  for (const [name, problem] of Object.entries(problems)) {
    if (typeof problem === 'string') throw new EmulatorError('options-invalid', `${name}${problem}`);
  }
}
