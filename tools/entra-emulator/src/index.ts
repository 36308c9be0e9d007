export { ensureCertificateAuthority } from './certificates/certificate-authority.ts';
export { issueCertificate } from './certificates/issue-certificate.ts';
export type { ControlReach } from './control/admission.ts';
export type { Control } from './control/control.ts';
export type { CommandResult, ControlCommand } from './control/control-command.ts';
export { parseScenario, type ScenarioMoment, type ScenarioStep } from './control/scenario.ts';
export type { Change, DirectoryObject, LinkChange } from './directory/change.ts';
export type { DirectoryReads } from './directory/directory.ts';
export type {
  DirectoryFile,
  DirectoryRoleEntry,
  GroupEntry,
  MemberEntry,
  ServicePrincipalEntry,
  UserEntry,
} from './directory/directory-file.ts';
export { defaultApplication } from './directory/default-application.ts';
export { parseDirectoryFile } from './directory/parse-directory-file.ts';
export type { Lag } from './directory/replica.ts';
export { startEmulator, type EmulatedTenant, type Emulator } from './emulator.ts';
export type { EmulatorOptions } from './emulator-options.ts';
export { EmulatorError, type EmulatorErrorCode } from './emulator-error.ts';
export type { EntraControl } from './entra/control/entra-control.ts';
export type { FailingEndpoint, PlannedFailure, PlannedFailureState } from './entra/control/planned-failures.ts';
export type { TokenDefect, TokenDefectOrder, TokenKind } from './entra/control/token-defects.ts';
export type { KeyRollover } from './entra/keys/signing-keys.ts';
export type { Application, Tenant } from './entra/ports.ts';
export type { ConditionalAccessPolicy, SignInPolicies } from './entra/sign-in-policies.ts';
export type { DeltaOptions } from './graph/delta/delta-options.ts';
export type { Fault, FaultRequest, Faults } from './graph/faults/fault.ts';
export type { FaultMatch, FaultRule, FaultRuleState } from './graph/faults/fault-rule.ts';
export { openLocalGraph, type LocalGraph, type LocalGraphOptions, type LocalRequest } from './graph/local-graph.ts';
export type { GraphAnswer } from './graph/protocol/graph-request.ts';
export { generateDirectory, type GenerateOptions } from './generate/generate-directory.ts';
export { portrait } from './generate/portrait.ts';
export { sampleCompany } from './generate/sample-company.ts';
export { createMicrosoft, type Microsoft, type MicrosoftDeps, type MicrosoftOptions } from './microsoft.ts';
export type { RequestCounts } from './graph/request-log/request-counts.ts';
export type { LoggedRequest } from './graph/request-log/request-log.ts';
export type { Throttling } from './graph/throttling/throttle.ts';
export type { DeliveryEntry, DeliveryOutcome } from './notifications/delivery-log.ts';
export type { NotificationControl } from './notifications/notification-control.ts';
export type {
  CreationFault,
  NotificationFault,
  NotificationFaultState,
  TransportFault,
} from './notifications/notification-fault.ts';
export type { Schedule } from './notifications/schedule.ts';
export type { Subscription } from './notifications/subscription.ts';
export type { SubscriptionLimits } from './notifications/subscription-quota.ts';
