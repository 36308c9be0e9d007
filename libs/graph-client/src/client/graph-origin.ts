import { GraphError } from '../errors/graph-error.ts';

/** The one origin that the token may go to, and the version of the API that paths are meant for. */
export interface GraphOrigin {
  /** Such as `graph.microsoft.com`, without a port. */
  readonly hostname: string;
  /**
   * The address of a path such as `/users`, or of a link that Graph gave, unchanged.
   * @throws GraphError `foreign-link` when a link leads elsewhere.
   */
  resolve(pathOrLink: string): string;
  /** The same relative to the version, as members of a batch are addressed. */
  relative(pathOrLink: string): string;
}

const version = '/v1.0';

/** @throws GraphError `bad-configuration` when the base is not an origin, or not https on a host other than this one. */
export function graphOrigin(graphBaseUrl: string): GraphOrigin {
  const base = baseOf(graphBaseUrl);

  const resolve = (pathOrLink: string) => {
    if (pathOrLink.startsWith('/') && !pathOrLink.startsWith('//')) return `${base.origin}${version}${pathOrLink}`;
    if (!leadsTo(base, pathOrLink)) throw new GraphError('foreign-link', 'a link leads to another origin than Graph');
    return pathOrLink;
  };

  return {
    hostname: base.hostname,
    resolve,
    relative: (pathOrLink) => {
      // Cut, not parsed and rebuilt: links are opaque (Graph, paging: "don't try to extract the $skiptoken value").
      const path = /^https?:\/\/[^/?#]+\/v1\.0(\/.*)$/is.exec(resolve(pathOrLink))?.[1];
      if (path === undefined) throw new GraphError('foreign-link', 'a link leads to another version of Graph');
      return path;
    },
  };
}

/** Whether a link has the base's scheme, host and port, and no user name that only looks like them. */
function leadsTo(base: URL, link: string): boolean {
  // WHATWG URLs forgive backslashes, tabs and missing slashes; what needs forgiving is refused.
  if (!/^https?:\/\/[^\s\\]+$/i.test(link) || !URL.canParse(link)) return false;
  const url = new URL(link);
  return url.origin === base.origin && url.username === '' && url.password === '';
}

function baseOf(graphBaseUrl: string): URL {
  const base = URL.canParse(graphBaseUrl) ? new URL(graphBaseUrl) : undefined;
  if (!base || base.pathname !== '/' || base.search !== '' || base.username !== '' || base.hash !== '') {
    throw new GraphError('bad-configuration', 'the Graph base URL is an origin such as https://graph.microsoft.com');
  }
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && isLoopback(base.hostname))) {
    throw new GraphError('bad-configuration', 'the Graph base URL is https, or http on this machine alone');
  }
  return base;
}

const isLoopback = (hostname: string) =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127(\.\d+){3}$/.test(hostname);
