import type { RequestLog } from '../graph/request-log/request-log.ts';
import type { Timers } from '../notifications/schedule.ts';
import type { Control } from './control.ts';
import type { ControlCommand } from './control-command.ts';
import type { ScenarioStep } from './scenario.ts';

interface ScenarioDeps {
  readonly control: Control;
  readonly timers: Timers;
  readonly requestLog: Pick<RequestLog, 'onRecord'>;
  /** Hears what became of each command. */
  readonly report: (line: string) => void;
}

/** Gives each command when its moment has come. What can't be carried out is reported, and the others go on. */
export function playScenario(steps: readonly ScenarioStep[], deps: ScenarioDeps): void {
  const byRequests = new Map<number, ControlCommand[]>();
  for (const { moment, command } of steps) {
    if ('afterMs' in moment) deps.timers.after(moment.afterMs, () => give(deps, command));
    else byRequests.set(moment.afterRequests, [...(byRequests.get(moment.afterRequests) ?? []), command]);
  }
  let answered = 0;
  deps.requestLog.onRecord(({ batchId }) => {
    if (batchId !== undefined) return;
    answered += 1;
    for (const command of byRequests.get(answered) ?? []) give(deps, command);
  });
}

function give({ control, report }: ScenarioDeps, command: ControlCommand): void {
  control.run(command).then(
    () => report(`scenario: ${command.do}`),
    (error: unknown) => report(`scenario: ${command.do} failed: ${(error as Error).message}`),
  );
}
