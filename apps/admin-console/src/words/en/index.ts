import { audit } from './audit.ts';
import { common } from './common.ts';
import { conflicts } from './conflicts.ts';
import { explain } from './explain.ts';
import { fields } from './fields.ts';
import { held } from './held.ts';
import { invitations } from './invitations.ts';
import { log } from './log.ts';
import { managers } from './managers.ts';
import { mapping } from './mapping.ts';
import { microsoft } from './microsoft.ts';
import { navigation } from './navigation.ts';
import { notices } from './notices.ts';
import { overview } from './overview.ts';
import { people } from './people.ts';
import { person } from './person.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { signIn } from './sign-in.ts';
import { skipped } from './skipped.ts';
import { states } from './states.ts';
import { sync } from './sync.ts';
import { teams } from './teams.ts';
import { tokens } from './tokens.ts';
import { troubleshooting } from './troubleshooting.ts';

/** Everything that the console says, in English. Another language is another object of this shape. */
export const en = {
  audit,
  common,
  conflicts,
  explain,
  fields,
  held,
  invitations,
  log,
  managers,
  mapping,
  microsoft,
  navigation,
  notices,
  overview,
  people,
  person,
  runs,
  settings,
  setup,
  signIn,
  skipped,
  states,
  sync,
  teams,
  tokens,
  troubleshooting,
};
