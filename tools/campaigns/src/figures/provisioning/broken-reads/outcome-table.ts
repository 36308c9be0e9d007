import type { Fault, FaultRequest } from '@learnamp/entra-emulator';
import { runModel } from '@learnamp/learners';
import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { ROOT } from '../histories/company.ts';
import type { Interference } from '../simulation/graph/interference.ts';
import { inSimulation } from '../simulation/in-simulation.ts';
import { type Reading, withoutNextLink } from './breaks.ts';
import { harmOf } from './harm.ts';
import { ReadCompany } from './read-company.ts';

/** What Graph answers, and what the run is to say of it. Nobody is deactivated or blanked by any of them. */
interface Case {
  readonly says: string;
  readonly reading: Reading;
  readonly answers: () => Interference;
  readonly stage: 'finished' | 'interrupted';
  readonly problem?: RegExp;
}

const members = 'GET /groups/{group}/members';
const notFound: Fault = { status: 404, code: 'Request_ResourceNotFound' };

const faulty = (fault: Fault, isConcerned: (request: FaultRequest) => boolean) => (): Interference => ({
  fault: (request) => (isConcerned(request) ? fault : undefined),
});

const to = (template: string) => (request: FaultRequest) => request.template === template;

const isLaterPage = ({ template, url }: FaultRequest) => template === members && url.includes('skiptoken');

const isNested = ({ template, url }: FaultRequest) => template === members && !url.includes(ROOT);

/** The first few requests alone. */
const firstOf = (times: number, fault: Fault, isConcerned: (request: FaultRequest) => boolean) => (): Interference => {
  let met = 0;
  return { fault: (request) => (isConcerned(request) && (met += 1) <= times ? fault : undefined) };
};

const cases: readonly Case[] = [
  {
    says: 'a later page of members is refused: a part is no whole',
    ...{ reading: 'full', stage: 'interrupted', problem: /refused or failed/ },
    answers: faulty({ status: 500 }, isLaterPage),
  },
  {
    says: 'no answer comes for a later page',
    ...{ reading: 'full', stage: 'interrupted', problem: /refused or failed/ },
    answers: faulty({ drop: true }, isLaterPage),
  },
  {
    says: 'a list ends without the link to its rest',
    ...{ reading: 'full', stage: 'finished' },
    answers: () => ({ page: (url, page) => (url.includes('/members') ? withoutNextLink(page) : page) }),
  },
  {
    says: 'the root group is not found',
    ...{ reading: 'full', stage: 'finished', problem: /check the group's Object ID/ },
    answers: faulty(notFound, to('GET /groups/{group}')),
  },
  {
    says: 'a nested group is not found, although it is there',
    ...{ reading: 'full', stage: 'finished' },
    answers: faulty(notFound, isNested),
  },
  {
    says: 'the token is refused',
    ...{ reading: 'full', stage: 'interrupted', problem: /refused or failed/ },
    answers: faulty({ status: 401, code: 'InvalidAuthenticationToken' }, () => true),
  },
  {
    says: 'reading members is forbidden',
    ...{ reading: 'full', stage: 'interrupted', problem: /can't be read: the application needs the permission/ },
    answers: faulty({ status: 403, code: 'Authorization_RequestDenied' }, to(members)),
  },
  {
    says: 'people are rows of nulls',
    ...{ reading: 'full', stage: 'finished', problem: /could not be read/ },
    answers: faulty({ idsOnly: true }, to('GET /users')),
  },
  {
    says: 'Graph throttles and then answers',
    ...{ reading: 'full', stage: 'finished' },
    answers: firstOf(3, { status: 429, retryAfter: 5 }, to('POST /$batch')),
  },
  {
    says: 'the delta links are forgotten (400 syncStateNotFound)',
    ...{ reading: 'delta', stage: 'interrupted' },
    answers: firstOf(2, { expire: 'delta' }, ({ template }) => template.endsWith('/delta')),
  },
  {
    says: 'the delta links are reset (410)',
    ...{ reading: 'delta', stage: 'interrupted' },
    answers: firstOf(2, { expire: 'reset' }, ({ template }) => template.endsWith('/delta')),
  },
];

/** Each outcome that a reading may have, once: what the run says, that nobody is harmed, and that the next one is whole. */
export function outcomeTable(run: CampaignRun): Promise<Measurement> {
  return inSimulation(async (place) => {
    const company = await ReadCompany.open(place, run.seed);
    const notes: string[] = [];
    for (const one of cases)
      notes.push(...(await problemsOf(company, one)).map((problem) => `${one.says}: ${problem}`));
    company.close();
    return { measured: `${cases.length} outcomes, ${notes.length} otherwise`, ok: notes.length === 0, notes };
  });
}

async function problemsOf(company: ReadCompany, { reading, answers, stage, problem }: Case): Promise<string[]> {
  const before = await company.learners();
  await company.change();
  const requestId = await company.readWith(reading, answers());
  const { deactivated, blanked } = harmOf(before, await company.learners(), company.expected());
  const told = await runModel(company.world.connection)
    .findOne({ requestIds: requestId })
    .sort({ startedAt: 1 })
    .lean();
  const asExpected =
    told?.stage === stage && (problem ? problem.test(told.problem ?? '') : stage === 'interrupted' || !told.problem);
  await company.readWhole();
  return [
    ...deactivated,
    ...blanked,
    ...(asExpected ? [] : [`the run is ${String(told?.stage)} and says ${String(told?.problem)}`]),
    ...(await company.differences()),
  ];
}
