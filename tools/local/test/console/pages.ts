import { learnerModel, runModel } from '@learnamp/learners';
import type { Watched } from '../system/system.ts';

/** A page of the console: what its picture is called, where it is, and its heading. */
export interface ConsolePage {
  readonly name: string;
  readonly path: string;
  readonly heading: string | RegExp;
}

const page = (name: string, path: string, heading: string | RegExp): ConsolePage => ({ name, path, heading });

/** Every page of the console, with somebody and something to show where a page is of one. */
export async function consolePages({ connection }: Watched): Promise<ConsolePage[]> {
  const learner = await learnerModel(connection)
    .findOne({ 'manager.learnerId': { $ne: null } })
    .lean()
    .orFail();
  const run = await runModel(connection).findOne({ mode: 'full' }).lean().orFail();
  const upn = learner.sources.microsoft?.userPrincipalName ?? '';
  return [
    page('overview', '', 'Overview'),
    page('held', '/held', 'Waiting for approval'),
    page('runs', '/runs', 'Runs'),
    page('run', `/runs/${run._id}`, /in detail/u),
    page('log', '/log', 'Provisioning log'),
    page('skipped', '/skipped', 'Skipped'),
    page('conflicts', '/conflicts', 'Conflicts'),
    page('people', '/people', 'People'),
    page('person', `/people/${learner._id}`, learner.fields.displayName ?? ''),
    page('explain', `/explain?person=${encodeURIComponent(upn)}`, /./u),
    page('teams', '/teams', 'Teams'),
    page('managers', '/managers', 'Managers'),
    page('invitations', '/invitations', 'Invitations'),
    page('setup', '/setup', /./u),
    page('settings', '/settings', 'Settings'),
    page('mapping', '/mapping', 'Field mapping'),
    page('microsoft', '/microsoft', 'Microsoft'),
    page('sign-in', '/sign-in', 'Sign-in'),
    page('notices', '/notices', 'Notices by mail'),
    page('tokens', '/tokens', 'API tokens'),
    page('audit', '/audit', 'Audit log'),
    page('troubleshooting', '/troubleshooting', 'Troubleshooting'),
    page('nowhere', '/nowhere', 'There is no such page'),
  ];
}
