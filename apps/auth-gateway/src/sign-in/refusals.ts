/** Why somebody is not signed in. Codes are stable: they are in the log, and support asks for them. */
export type RefusalCode =
  | 'not-a-learner'
  | 'guest'
  | 'inactive'
  | 'not-the-tester'
  | 'switched-off'
  | 'cancelled'
  | 'not-assigned'
  | 'consent-missing'
  | 'consent-declined'
  | 'other-tenant'
  | 'account-disabled'
  | 'conditional-access'
  | 'more-proof-needed'
  | 'application-unknown'
  | 'credential-wrong'
  | 'credential-expired'
  | 'redirect-unregistered'
  | 'token-refused'
  | 'microsoft-unreachable'
  | 'microsoft-refused';

interface Refusal {
  readonly status: number;
  /** One sentence or two for the person. `organisation` is a name. */
  readonly explain: (organisation: string) => string;
}

const ask = 'Ask your Learn Amp administrator';

/** What each refusal tells the person, and its HTTP status. */
export const refusals: Readonly<Record<RefusalCode, Refusal>> = {
  'not-a-learner': {
    status: 403,
    explain: (organisation) =>
      `Your Microsoft account worked, but you are not among the people that ${organisation} has given access to Learn Amp. ${ask} to add you to the group.`,
  },
  guest: {
    status: 403,
    explain: (organisation) =>
      `Your Microsoft account worked, but it is a guest at ${organisation}, and guests do not sign in there. ${ask} to let guests in, or use an account of ${organisation} itself.`,
  },
  inactive: {
    status: 403,
    explain: (organisation) =>
      `Your Microsoft account worked, but your Learn Amp account at ${organisation} is not active any more. ${ask} if you should have access.`,
  },
  'not-the-tester': {
    status: 403,
    explain: () =>
      'This was a test, and Microsoft signed in somebody else than you. Start it again from the settings with your own account; nothing is changed.',
  },
  'switched-off': {
    status: 403,
    explain: (organisation) => `Signing in with Microsoft is switched off for ${organisation}. ${ask} how to sign in.`,
  },
  cancelled: { status: 403, explain: () => 'The sign-in at Microsoft was cancelled. You can start again.' },
  'not-assigned': {
    status: 403,
    explain: (organisation) =>
      `Microsoft says that ${organisation} has not assigned you to the Learn Amp application. Ask your IT department to assign you to it.`,
  },
  'consent-missing': {
    status: 403,
    explain: (organisation) =>
      `An administrator of ${organisation}'s Microsoft account has not approved Learn Amp yet. Ask your IT department to approve it.`,
  },
  'consent-declined': {
    status: 403,
    explain: () =>
      'Learn Amp was not allowed to read who you are. Start again and choose Accept when Microsoft asks for permission.',
  },
  'other-tenant': {
    status: 403,
    explain: (organisation) =>
      `The Microsoft account you chose does not belong to ${organisation}. Try again with your work account.`,
  },
  'account-disabled': {
    status: 403,
    explain: () => 'Microsoft says that your account is disabled. Ask your IT department about it.',
  },
  'conditional-access': {
    status: 403,
    explain: (organisation) =>
      `The security rules of ${organisation} do not allow this sign-in, for instance from this device or place. Ask your IT department about it.`,
  },
  'more-proof-needed': {
    status: 403,
    explain: () =>
      'Microsoft needs another proof that it is you. Start again and follow the steps that Microsoft shows.',
  },
  'application-unknown': {
    status: 502,
    explain: (organisation) =>
      `Learn Amp is not set up in ${organisation}'s Microsoft account. ${ask} to connect it again.`,
  },
  'credential-wrong': {
    status: 502,
    explain: () =>
      'Learn Amp could not prove itself to Microsoft. This is ours to repair; please tell Learn Amp support.',
  },
  'credential-expired': {
    status: 502,
    explain: () =>
      "Learn Amp's own key for Microsoft has expired. This is ours to repair; please tell Learn Amp support.",
  },
  'redirect-unregistered': {
    status: 502,
    explain: () => "Learn Amp's address is not registered at Microsoft. Please tell Learn Amp support.",
  },
  'token-refused': {
    status: 403,
    explain: (organisation) =>
      `Microsoft's answer was not a valid sign-in for ${organisation}, so nobody was signed in. Start again; if it happens again, tell Learn Amp support.`,
  },
  'microsoft-unreachable': {
    status: 503,
    explain: () => 'Microsoft did not answer. Please try again in a minute.',
  },
  'microsoft-refused': {
    status: 403,
    explain: () => 'Microsoft did not sign you in. Start again; if it happens again, tell Learn Amp support.',
  },
};

// Microsoft's own error numbers (learn.microsoft.com, "Microsoft Entra authentication and authorization error codes").
const byNumber: ReadonlyMap<number, RefusalCode> = new Map([
  [50105, 'not-assigned'],
  [65001, 'consent-missing'],
  [90094, 'consent-missing'],
  [90095, 'consent-missing'],
  [65004, 'consent-declined'],
  [50020, 'other-tenant'],
  [50034, 'other-tenant'],
  [51004, 'other-tenant'],
  [50057, 'account-disabled'],
  [53000, 'conditional-access'],
  [53001, 'conditional-access'],
  [53002, 'conditional-access'],
  [53003, 'conditional-access'],
  [53004, 'conditional-access'],
  [50074, 'more-proof-needed'],
  [50076, 'more-proof-needed'],
  [50079, 'more-proof-needed'],
  [50158, 'more-proof-needed'],
  [700016, 'application-unknown'],
  [7000215, 'credential-wrong'],
  [700027, 'credential-wrong'],
  [7000222, 'credential-expired'],
  [50011, 'redirect-unregistered'],
]);

/** The refusal for what Microsoft answered: by its number, else by OAuth's own word (RFC 6749 section 4.1.2.1). */
export function refusalOf({ error, aadsts }: { error?: string; aadsts: number | null | undefined }): RefusalCode {
  const known = byNumber.get(aadsts ?? 0);
  if (known) return known;
  if (error === 'access_denied') return 'cancelled';
  if (error === 'consent_required') return 'consent-missing';
  if (error === 'interaction_required' || error === 'login_required') return 'more-proof-needed';
  if (error === 'server_error' || error === 'temporarily_unavailable') return 'microsoft-unreachable';
  return 'microsoft-refused';
}
