/** The checks of a sign-in in their order, and what each wants, in words for an administrator. */
export const signInChecks = {
  switchedOn: 'Signing in with Microsoft is switched on.',
  microsoftReached: "Microsoft said how people of the organisation's tenant sign in.",
  microsoftAgreed: 'Microsoft let the person sign in.',
  codeRedeemed: 'Microsoft gave a token in exchange for its code.',
  tokenValid: 'The token is signed by a key of the tenant, for Learn Amp and for this sign-in, and it is a new one.',
  tenantIsStillTheSame: "The organisation's tenant is still the one that the sign-in was begun with.",
  issuerIsTheTenants: "The token was issued by the organisation's tenant.",
  tenantIsTheOrganisations: "The token names the organisation's tenant.",
  tenantIsNotConsumers: 'The account is no personal Microsoft account.',
  audienceIsUsAlone: 'The token is for Learn Amp alone.',
  personIsNamed: 'The token names the person by an Object ID.',
  guestsAreLetIn: 'The person is no guest of the tenant, or guests may sign in.',
  personIsLearner:
    'A learner of the organisation is linked to that Object ID, or an account of that name is linked to nobody yet.',
  learnerIsActive: 'That learner is active.',
  testerIsThePerson: 'In a test from the settings: the person is the administrator who began it.',
} as const;

export type SignInCheck = keyof typeof signInChecks;

export const checkNames = Object.keys(signInChecks) as readonly SignInCheck[];
