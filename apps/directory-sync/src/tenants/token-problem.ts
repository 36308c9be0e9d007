// Microsoft's own numbers (learn.microsoft.com, "Microsoft Entra authentication and authorization error codes").
const causes: ReadonlyMap<string, string> = new Map([
  ['AADSTS7000222', "the application's secret has expired: make a new one in Entra and set AZURE_CLIENT_SECRET"],
  [
    'AADSTS7000215',
    "the application's secret is not the one in Entra: set AZURE_CLIENT_SECRET to its value, not its id",
  ],
  [
    'AADSTS700027',
    'the certificate is not one of the application: upload it in Entra, or set AZURE_CLIENT_CERTIFICATE_PATH',
  ],
  [
    'AADSTS700016',
    'the tenant does not know the application: its administrator has to give admin consent, and AZURE_CLIENT_ID has to be right',
  ],
  ['AADSTS7000229', 'the tenant does not know the application: its administrator has to give admin consent'],
  ['AADSTS7000112', 'the application is disabled in the tenant: its administrator has to enable sign-in for it'],
  ['AADSTS90002', 'there is no such tenant: check the Tenant ID in the settings'],
  ['AADSTS900023', 'there is no such tenant: check the Tenant ID in the settings'],
]);

/** Why Entra gave no token, in one sentence that names what is to be changed, where its number says so. */
export function tokenProblem(number: string | undefined): string {
  const cause = causes.get(number ?? '') ?? "Microsoft Entra refused the application's token";
  return number === undefined ? cause : `${cause} (${number})`;
}
