/** Which hosts we answer to. */
export interface HostSettings {
  readonly centralOrigin: string;
  readonly organisationHostSuffix: string;
}

export interface Hosts {
  readonly centralOrigin: string;
  /** The Host header of the central host, port included. */
  readonly centralHost: string;
  /** Host headers that may be an organisation's home. */
  readonly organisationHosts: RegExp;
  /** The origin of an organisation's home. */
  homeOf(subdomain: string): string;
  /** The subdomain of a Host header; undefined where it is no home. */
  subdomainOf(host: string | undefined): string | undefined;
}

/** Knows the hosts by configuration alone: never by X-Forwarded-Host, which anybody may send. */
export function createHosts({ centralOrigin, organisationHostSuffix }: HostSettings): Hosts {
  const { protocol, host: centralHost } = new URL(centralOrigin);
  const suffix = organisationHostSuffix.replaceAll('.', '\\.');
  const organisationHosts = new RegExp(`^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\\.${suffix}$`, 'i');
  return {
    centralOrigin,
    centralHost,
    organisationHosts,
    homeOf: (subdomain) => `${protocol}//${subdomain}.${organisationHostSuffix}`,
    subdomainOf: (host = '') => organisationHosts.exec(host)?.[1]?.toLowerCase(),
  };
}
