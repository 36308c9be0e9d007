import { holds, type GraphCall } from '../protocol/graph-call.ts';
import { GraphError } from '../protocol/graph-error.ts';
import { denied } from '../protocol/refusals.ts';

// Properties of users that reading users alone does not open.
const guarded: ReadonlyMap<string, { readonly permissions: readonly string[]; readonly refusal: () => GraphError }> =
  new Map([
    ['signInActivity', { permissions: ['AuditLog.Read.All'], refusal: missingAuditLog }],
    [
      'employeeLeaveDateTime',
      {
        permissions: ['User-LifeCycleInfo.Read.All', 'User-LifeCycleInfo.ReadWrite.All'],
        refusal: denied,
      },
    ],
    ['customSecurityAttributes', { permissions: ['CustomSecAttributeAssignment.Read.All'], refusal: denied }],
  ]);

/** Refuses properties, selected or filtered by, that want a permission of their own. */
export function checkGuarded(call: Pick<GraphCall, 'token'>, properties: Iterable<string>): void {
  for (const property of properties) {
    const guard = guarded.get(property);
    if (guard !== undefined && !holds(call, guard.permissions)) throw guard.refusal();
  }
}

function missingAuditLog(): GraphError {
  return new GraphError(
    403,
    'Authentication_MSGraphPermissionMissing',
    'The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All to call this API. For more information about Microsoft Graph permissions, please visit https://learn.microsoft.com/graph/permissions-overview.',
  );
}
