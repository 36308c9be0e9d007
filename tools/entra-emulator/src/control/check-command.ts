import { EmulatorError } from '../emulator-error.ts';
import { FAILING_ENDPOINTS } from '../entra/control/planned-failures.ts';
import { TOKEN_DEFECTS } from '../entra/control/token-defects.ts';
import { checkFaultRule } from '../graph/faults/check-fault-rule.ts';
import { flag, fromOne, must, notNegative, oneOf, shaped, text } from '../graph/faults/shape-check.ts';
import type { Check } from '../graph/faults/shape-check.ts';
import { isJsonObject, without, type JsonObject } from '../json.ts';
import { checkNotificationFault } from '../notifications/check-notification-fault.ts';
import type { CommandName, ControlCommand } from './control-command.ts';

const positive = must('a number above 0', (value) => typeof value === 'number' && value > 0);
const texts = must(
  'a list of texts',
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
);
const moment = must('a date and time', (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)));
const defect = must(
  `one of ${TOKEN_DEFECTS.join(', ')}, or missing:CLAIM`,
  (value) => typeof value === 'string' && (/^missing:.+/.test(value) || TOKEN_DEFECTS.some((known) => known === value)),
);

const policy = shaped({ includeUsers: texts, includeApplications: texts, control: oneOf('block', 'mfa') });
const policies = shaped({
  userConsent: flag,
  adminConsentRequests: flag,
  blockInboundGuests: flag,
  blockOutboundGuests: flag,
  conditionalAccess: (value: unknown) =>
    Array.isArray(value) ? value.map(policy).find((problem) => problem !== undefined) : ' must be a list of policies',
  lockedUsers: texts,
  usersWithoutMfa: texts,
});

const inTenant = { tenantId: text };
const forApp = { ...inTenant, appId: text };
const nothing = {};
/** Checked where it is added, which names the property at fault. */
const rule: Check = (value) => {
  checkFaultRule('rule', value);
  return undefined;
};
const notificationFault: Check = (value) => {
  checkNotificationFault(value);
  return undefined;
};

/** The parts of each command, and those that may be left out. */
const commands: Readonly<
  Record<CommandName, readonly [parts: Readonly<Record<string, Check>>, ...optional: string[]]>
> = {
  'add-fault': [{ rule }],
  'remove-fault': [{ id: text }],
  'clear-faults': [nothing],
  outage: [{ ...inTenant, forMs: positive }, 'tenantId'],
  throttle: [{ scale: positive }],
  'stop-throttling': [nothing],
  'add-notification-fault': [{ fault: notificationFault }],
  'send-lifecycle-event': [
    { subscriptionId: text, event: oneOf('reauthorizationRequired', 'subscriptionRemoved', 'missed') },
  ],
  'drop-subscription': [{ subscriptionId: text }],
  'fail-sign-in': [{ aadsts: fromOne, endpoint: oneOf(...FAILING_ENDPOINTS), times: fromOne }, 'times'],
  'spoil-tokens': [
    { order: shaped({ defect, token: oneOf('id_token', 'access_token'), appId: text, times: fromOne }) },
  ],
  'rotate-keys': [{ rollover: oneOf('planned', 'immediate') }, 'rollover'],
  'retire-keys': [nothing],
  'expire-tokens': [nothing],
  'grant-consent': [{ ...forApp, appRoles: texts }, 'tenantId'],
  'revoke-consent': [forApp, 'tenantId'],
  'remove-service-principal': [forApp, 'tenantId'],
  'set-sign-in-policies': [{ ...inTenant, policies }, 'tenantId'],
  'freeze-clock': [nothing],
  'set-clock-speed': [{ times: notNegative }],
  'advance-clock': [{ ms: notNegative }],
  'set-clock': [{ to: moment }],
  snapshot: [{ name: text }],
  restore: [{ name: text }],
  'reset-log': [nothing],
};

export const commandNames = Object.keys(commands) as readonly CommandName[];

/** A command, or an EmulatorError `command-invalid` whose one line names what is wrong with it. */
export function checkCommand(path: string, value: unknown): ControlCommand {
  if (!isJsonObject(value)) throw invalid(`${path} must be an object`);
  const name = commandNames.find((known) => known === value['do']);
  if (name === undefined) throw invalid(`${path}.do must be one of ${commandNames.join(', ')}`);
  const problem = problemOf(value, ...commands[name]);
  if (problem !== undefined) throw invalid(`${path}${problem}`);
  return value as ControlCommand;
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

function invalid(message: string): EmulatorError {
  return new EmulatorError('command-invalid', message);
}
