import type { FastifyReply } from 'fastify';
import type { EntraError } from '../errors/entra-error.ts';
import { headline } from '../errors/error-report.ts';
import { approvalPage } from '../pages/approval-page.ts';
import { consentPage } from '../pages/consent-page.ts';
import { sendPage } from '../pages/page.ts';
import { secondFactorPage } from '../pages/second-factor-page.ts';
import type { DirectoryView, EntraUser } from '../ports.ts';
import { continuationUrl } from '../request/continuation.ts';
import type { Located } from './locate.ts';
import type { NextStep } from './next-step.ts';

/** Asks a person to grant permissions, an administrator perhaps for everybody. */
export function askForConsent(
  reply: FastifyReply,
  located: Located,
  directory: DirectoryView,
  { user, permissions }: NextStep & { kind: 'ask-consent' },
): FastifyReply {
  const page = consentPage({
    applicationName: located.application.displayName,
    tenantName: directory.tenant.displayName,
    userName: user.displayName,
    reach: directory.isAdministrator(user.id) ? 'either' : 'oneself',
    permissions,
    action: actionOf(located, 'consent'),
    continuation: continuationUrl(located),
  });
  return sendPage(reply, 200, page);
}

/** Asks a person for a second factor. */
export function askForSecondFactor(reply: FastifyReply, located: Located, user: EntraUser): FastifyReply {
  const page = secondFactorPage({
    userName: user.displayName,
    action: actionOf(located, 'second-factor'),
    continuation: continuationUrl(located),
  });
  return sendPage(reply, 200, page);
}

/** Says that an administrator has to consent first, with the way back to the application. */
export function askForApproval(reply: FastifyReply, located: Located, refusal: EntraError): FastifyReply {
  const page = approvalPage({
    applicationName: located.application.displayName,
    alert: headline(refusal),
    action: actionOf(located, 'consent'),
    continuation: continuationUrl(located),
  });
  return sendPage(reply, refusal.kind.status, page);
}

/** The address below the same tenant that takes the answer. */
function actionOf({ path }: Located, name: string): string {
  return `/${path.split('/')[1] ?? ''}/${name}`;
}
