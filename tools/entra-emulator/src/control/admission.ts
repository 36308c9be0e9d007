import type { FastifyRequest } from 'fastify';

/** Who may use the control API and the start page: this machine, or whoever reaches the door. */
export type ControlReach = 'this-machine' | 'anybody';

const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const LOOPBACK_NAME = /^(([\w-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Why a request may not be let in; undefined when it may. A page of another origin may never, and a browser says whose page
 * it is. By another name than localhost's a page could be anybody's whose name leads here (DNS rebinding).
 */
export function refusalOf({ headers, ip, host, protocol }: FastifyRequest, reach: ControlReach): string | undefined {
  if (headers.origin !== undefined && headers.origin !== `${protocol}://${host}`) {
    return 'Pages of other origins can give no commands.';
  }
  if (reach === 'anybody') return undefined;
  if (!LOOPBACK_ADDRESS.test(ip)) return 'Only this machine may see and control the emulator.';
  const name = host.replace(/:\d+$/, '');
  return LOOPBACK_NAME.test(name) ? undefined : `Control the emulator by the name localhost, not ${name}.`;
}
