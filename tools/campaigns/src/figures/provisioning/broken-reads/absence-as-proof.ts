import type { FaultRequest } from '@learnamp/entra-emulator';
import type { GivenPage, Interference } from '../simulation/graph/interference.ts';

/**
 * Makes the proofs of services worth nothing: whoever was in no list of members that they were given has left, whatever
 * the directory says, and no list is counted. What services do that take absence for proof.
 */
export function absenceAsProof({ fault, page = (_url, given) => given }: Interference): Interference {
  const listed = new Set<string>();
  return {
    fault: (request) => (isCount(request) ? { status: 403, code: 'Authorization_RequestDenied' } : fault?.(request)),
    page: (url, given) => {
      const answered = page(url, given);
      const [, asked] = /\/users\/([^/]+)\/checkMemberGroups/.exec(url) ?? [];
      if (asked !== undefined && !listed.has(asked)) return { ...answered, value: [] };
      if (/\/groups\/[^/]+\/members/.test(url)) for (const id of idsOf(answered)) listed.add(id);
      return answered;
    },
  };
}

const isCount = ({ template }: FaultRequest) => template === 'GET /groups/{group}/members/$count';

const idsOf = ({ value }: GivenPage) => (value as readonly { readonly id?: string }[]).map(({ id }) => id ?? '');
