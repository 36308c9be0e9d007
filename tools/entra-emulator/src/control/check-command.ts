import { checkSignInPolicies } from '../directory/check-sign-in.ts';
import { EmulatorError } from '../emulator-error.ts';
import { FAILING_ENDPOINTS } from '../entra/control/planned-failures.ts';
import { checkFaultRule } from '../graph/faults/check-fault-rule.ts';
import { fromOne, must, notNegative, oneOf, shaped, text } from '../graph/faults/shape-check.ts';
import type { Check } from '../graph/faults/shape-check.ts';
import { isJsonObject, without, type JsonObject } from '../json.ts';
import { checkNotificationFault } from '../notifications/check-notification-fault.ts';
import { checkTokenOrder } from './check-token-order.ts';
import type { CommandName, ControlCommand } from './control-command.ts';

const positive = must('a number above 0', (value) => typeof value === 'number' && value > 0);
const moment = must('a date and time', (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)));
const texts = must(
  'a list of texts',
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
);
const inTenant = { tenantId: text };
const forApp = { ...inTenant, appId: text };
const nothing = {};

/** The parts of each command, and those that may be left out. */
const commands: Readonly<
  Record<CommandName, readonly [parts: Readonly<Record<string, Check>>, ...optional: string[]]>
> = {
  'add-fault': [{ rule: checkedBy((value) => checkFaultRule('', value)) }],
  'remove-fault': [{ id: text }],
  'clear-faults': [nothing],
  outage: [{ forMs: positive, ...inTenant, service: oneOf('graph', 'entra', 'all') }, 'tenantId', 'service'],
  'set-latency': [{ ms: notNegative }],
  throttle: [{ scale: positive }],
  'stop-throttling': [nothing],
  'expire-delta-links': [inTenant, 'tenantId'],
  'add-notification-fault': [{ fault: checkedBy((value) => checkNotificationFault('', value)) }],
  'send-lifecycle-event': [
    { subscriptionId: text, event: oneOf('reauthorizationRequired', 'subscriptionRemoved', 'missed') },
  ],
  'drop-subscription': [{ subscriptionId: text }],
  'fail-sign-in': [{ aadsts: fromOne, endpoint: oneOf(...FAILING_ENDPOINTS), times: fromOne }, 'times'],
  'spoil-tokens': [{ order: checkTokenOrder }],
  'rotate-keys': [{ rollover: oneOf('planned', 'immediate') }, 'rollover'],
  'retire-keys': [nothing],
  'expire-tokens': [nothing],
  'grant-consent': [{ ...forApp, appRoles: texts }, 'tenantId'],
  'revoke-consent': [forApp, 'tenantId'],
  'remove-service-principal': [forApp, 'tenantId'],
  'disable-application': [forApp, 'tenantId'],
  'enable-application': [forApp, 'tenantId'],
  'set-sign-in-policies': [{ ...inTenant, policies: checkedBy((value) => checkSignInPolicies('', value)) }, 'tenantId'],
  'freeze-clock': [nothing],
  'set-clock-speed': [{ times: notNegative }],
  'advance-clock': [{ ms: notNegative }],
  'set-clock': [{ to: moment }],
  'reset-clock': [nothing],
  snapshot: [{ name: text }],
  restore: [{ name: text }],
  'reset-log': [nothing],
};

/** What there is to command: the parts of each command, with a `?` behind those that may be left out. */
export function describeCommands(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(commands).map(([name, [parts, ...optional]]) => [
      name,
      Object.keys(parts).map((part) => (optional.includes(part) ? `${part}?` : part)),
    ]),
  );
}

/** A command, or an EmulatorError `command-invalid` whose one line names what is wrong with it. */
export function checkCommand(path: string, value: unknown): ControlCommand {
  if (!isJsonObject(value)) throw invalid(`${path} must be an object`);
  const name = value['do'];
  if (!isCommandName(name)) throw invalid(`${path}.do${oneOf(...Object.keys(commands))(name) ?? ''}`);
  const problem = problemOf(value, ...commands[name]);
  if (problem !== undefined) throw invalid(`${path}${problem}`);
  return value as ControlCommand;
}

function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commands, name);
}

function problemOf(
  command: JsonObject,
  parts: Readonly<Record<string, Check>>,
  ...optional: readonly string[]
): string | undefined {
  const given = without(command, 'do');
  const missing = Object.keys(parts).find((part) => given[part] === undefined && !optional.includes(part));
  return missing === undefined ? shaped(parts)(given) : `.${missing} is missing`;
}

/** A check by something that throws an EmulatorError. */
function checkedBy(run: (value: unknown) => unknown): Check {
  return (value) => {
    try {
      run(value);
      return undefined;
    } catch (error) {
      if (error instanceof EmulatorError) return error.message;
      throw error;
    }
  };
}

function invalid(message: string): EmulatorError {
  return new EmulatorError('command-invalid', message);
}
