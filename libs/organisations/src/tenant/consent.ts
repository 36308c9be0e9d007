import type { OrganisationDocument } from '../settings/organisation-model.ts';

/**
 * What an administrator of a tenant has agreed to: that its people sign in (delegated permissions), or that its directory
 * is read (application permissions).
 */
export const consents = ['sign-in', 'provisioning'] as const;
export type Consent = (typeof consents)[number];

type Connected = Pick<NonNullable<OrganisationDocument['microsoft']>, 'consents'>;

/** What a document says; in one from before there were two kinds, both were given. */
export const consentsOf = ({ consents: given }: Connected): readonly Consent[] => given ?? consents;

/** What a document says of signing in with Microsoft, with what one from before lacks: guests are let in by choice. */
export const singleSignOnOf = ({ singleSignOn }: Pick<OrganisationDocument, 'singleSignOn'>) => ({
  enabled: singleSignOn.enabled,
  guests: singleSignOn.guests ?? false,
});

/** Whether an organisation's people sign in with Microsoft. */
export const signsInWithMicrosoft = ({
  singleSignOn,
  microsoft,
}: {
  readonly singleSignOn: { readonly enabled: boolean };
  readonly microsoft: Connected | null;
}): boolean => singleSignOn.enabled && microsoft !== null && consentsOf(microsoft).includes('sign-in');
