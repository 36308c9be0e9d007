/** Where a Microsoft cloud signs people and applications in, and where its Graph is. Both are origins. */
export interface MicrosoftCloud {
  readonly authorityHost: string;
  /** Also the resource whose permissions are asked for. */
  readonly graphBaseUrl: string;
}

/**
 * Microsoft's clouds (learn.microsoft.com: "National clouds", "Microsoft Graph national cloud deployments"). A tenant is in one
 * of them, and an application is registered in each that it serves.
 */
export const clouds = {
  global: { authorityHost: 'https://login.microsoftonline.com', graphBaseUrl: 'https://graph.microsoft.com' },
  'us-government': { authorityHost: 'https://login.microsoftonline.us', graphBaseUrl: 'https://graph.microsoft.us' },
  'us-government-dod': {
    authorityHost: 'https://login.microsoftonline.us',
    graphBaseUrl: 'https://dod-graph.microsoft.us',
  },
  china: {
    authorityHost: 'https://login.partner.microsoftonline.cn',
    graphBaseUrl: 'https://microsoftgraph.chinacloudapi.cn',
  },
} as const satisfies Readonly<Record<string, MicrosoftCloud>>;

export type CloudName = keyof typeof clouds;

export const cloudNames = Object.keys(clouds) as CloudName[];
