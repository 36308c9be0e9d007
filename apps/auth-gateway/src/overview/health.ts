/** How provisioning is, the worst first. */
export const healthStates = ['not-set-up', 'paused', 'failing', 'needs-approval', 'warning', 'healthy'] as const;
export type HealthState = (typeof healthStates)[number];

export type SubscriptionState = 'live' | 'missing' | 'expiring' | 'not-used';

export interface NextStep {
  readonly label: string;
  /** A path of the console. */
  readonly to: string;
}

export interface Health {
  readonly state: HealthState;
  /** One sentence. */
  readonly reason: string;
  /** The one thing to do next; null where all is well. */
  readonly action: NextStep | null;
}

/** What the state of an organisation is judged by. */
export interface HealthFacts {
  readonly now: Date;
  readonly isConnected: boolean;
  /** An administrator of the tenant has agreed that its directory is read. */
  readonly mayRead: boolean;
  readonly hasGroup: boolean;
  /** Provisioning is switched on. */
  readonly isOn: boolean;
  /** A full run has come to its end once. */
  readonly hasRun: boolean;
  /** A full run is under way. */
  readonly isRunning: boolean;
  /** The newest full run that is over and that nobody cancelled. */
  readonly lastFull: { readonly state: 'finished' | 'interrupted'; readonly problem: string | null } | null;
  /** When a full run came to its end last. */
  readonly lastFullAt: Date | null;
  /** Failures of its work in a row. */
  readonly failures: number;
  /** The set of changes that wait for approval, while it is open. */
  readonly held: { readonly people: number; readonly reason: string } | null;
  readonly credentialExpiresAt: Date | null;
  readonly subscriptions: SubscriptionState;
  /** People whom an administrator has to identify. */
  readonly conflicts: number;
}

/** Pure. Of several states the worst, of several reasons for it the first. */
export const healthOf = (facts: HealthFacts): Health =>
  notSetUp(facts) ?? paused(facts) ?? failing(facts) ?? needsApproval(facts) ?? warning(facts) ?? healthy(facts);

const steps = {
  connect: { label: 'Connect Microsoft', to: '/admin/setup' },
  goOn: { label: 'Go on with the set-up', to: '/admin/setup' },
  runs: { label: 'See the runs', to: '/admin/runs' },
  held: { label: 'See who waits', to: '/admin/held' },
  settings: { label: 'Switch it on', to: '/admin/settings' },
  microsoft: { label: 'See the connection', to: '/admin/microsoft' },
  conflicts: { label: 'Say who they are', to: '/admin/conflicts' },
} as const satisfies Record<string, NextStep>;

function notSetUp(facts: HealthFacts): Health | undefined {
  const because = (reason: string, action: NextStep): Health => ({ state: 'not-set-up', reason, action });
  if (!facts.isConnected) return because('No tenant of Microsoft is connected yet.', steps.connect);
  if (!facts.mayRead) {
    return because('No administrator of the connected tenant has agreed yet that its directory is read.', steps.goOn);
  }
  if (!facts.hasGroup) return because('No group has been chosen yet whose people become learners.', steps.goOn);
  if (facts.hasRun) return undefined;
  if (facts.isRunning) return because('The first full sync is under way.', steps.runs);
  const problem = facts.lastFull?.problem;
  return problem
    ? because(`The first full sync has not come to its end: ${sentence(problem)}`, steps.runs)
    : because('There has been no full sync yet.', steps.goOn);
}

function paused({ isConnected, isOn }: HealthFacts): Health | undefined {
  const reason = 'Provisioning is switched off, so nothing that changes at Microsoft is followed.';
  return isConnected && !isOn ? { state: 'paused', reason, action: steps.settings } : undefined;
}

/** That one was interrupted says nothing any more once another one is under way. */
function failing({ lastFull, isRunning, failures }: HealthFacts): Health | undefined {
  const because = (reason: string): Health => ({ state: 'failing', reason, action: steps.runs });
  if (lastFull?.problem && (lastFull.state === 'finished' || !isRunning)) {
    const ended = lastFull.state === 'finished' ? 'finished with a problem' : 'was interrupted';
    return because(`The last full sync ${ended}: ${sentence(lastFull.problem)}`);
  }
  return failures >= REPEATED ? because(`The last ${failures} attempts to follow Microsoft have failed.`) : undefined;
}

// One failure may be a moment's; the next attempt comes within seconds.
const REPEATED = 2;

function needsApproval({ held }: HealthFacts): Health | undefined {
  if (!held) return undefined;
  const who = held.people === 1 ? '1 change waits' : `${held.people} changes wait`;
  return { state: 'needs-approval', reason: `${who} for approval: ${sentence(held.reason)}`, action: steps.held };
}

const HOUR_MS = 3_600_000;
export const CREDENTIAL_DAYS = 30;
export const FULL_WITHIN_HOURS = 36;

function warning(facts: HealthFacts): Health | undefined {
  const { now, credentialExpiresAt, subscriptions, lastFullAt, conflicts } = facts;
  const because = (reason: string, action: NextStep): Health => ({ state: 'warning', reason, action });
  const hoursLeft = credentialExpiresAt === null ? Infinity : (credentialExpiresAt.getTime() - now.getTime()) / HOUR_MS;
  if (hoursLeft <= 0) return because('The credential for Microsoft has expired.', steps.microsoft);
  if (hoursLeft <= CREDENTIAL_DAYS * 24) {
    return because(`The credential for Microsoft expires in ${days(hoursLeft)}.`, steps.microsoft);
  }
  const silent = silence[subscriptions];
  if (silent) return because(silent, steps.microsoft);
  const hoursSince = lastFullAt === null ? Infinity : (now.getTime() - lastFullAt.getTime()) / HOUR_MS;
  if (hoursSince > FULL_WITHIN_HOURS) {
    return because(`No full sync has come to its end for more than ${FULL_WITHIN_HOURS} hours.`, steps.runs);
  }
  if (conflicts === 0) return undefined;
  const who = conflicts === 1 ? '1 person waits' : `${conflicts} people wait`;
  return because(`${who} until you say who they are.`, steps.conflicts);
}

const silence: Partial<Record<SubscriptionState, string>> = {
  missing: 'Microsoft does not tell of changes at the moment, so they are followed by timer.',
  expiring: 'The subscriptions at Microsoft are about to expire, and have not been renewed.',
};

const days = (hours: number) => {
  const whole = Math.floor(hours / 24);
  return whole === 1 ? '1 day' : whole === 0 ? 'less than a day' : `${whole} days`;
};

const healthy = ({ subscriptions }: HealthFacts): Health => ({
  state: 'healthy',
  reason:
    subscriptions === 'live'
      ? 'People who change at Microsoft are followed as Microsoft tells of them.'
      : 'People who change at Microsoft are followed by timer.',
  action: null,
});

/** Problems are kept without a full stop, and may be several. */
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
