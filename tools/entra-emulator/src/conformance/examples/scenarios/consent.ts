import type { Application } from '../../../entra/ports.ts';
import type { JsonObject } from '../../../json.ts';
import type { FactAnswer } from '../../fact.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, textOf } from '../seed.ts';
import { type Stage } from '../stage.ts';

const ADMINISTRATOR = 'admin@contoso.example';
const CALLBACK = 'http://localhost/consented';

const application: Application = {
  appId: '30000000-0000-4000-8000-000000000001',
  displayName: 'Asks for consent',
  passwordCredentials: [],
  web: { redirectUris: [CALLBACK] },
  appRoles: [],
};

/** What an application is told after an administrator's consent, in both forms. */
export const consentScenarios: readonly Scenario[] = [
  {
    file: 'identity/admin-consent-callback-success.json',
    answer: (example, stage) => consent(stage, 'v2.0/adminconsent', example),
  },
  {
    file: 'identity/admin-consent-callback-legacy-success.json',
    answer: (example, stage) => consent(stage, 'adminconsent', example),
  },
];

/** Walks through the pages as an administrator's browser does. Returns the parameters of the callback. */
async function consent(stage: Stage, page: string, example: JsonObject): Promise<JsonObject> {
  const tenantId = textOf(example['tenant']);
  const users = [{ userPrincipalName: ADMINISTRATOR }];
  const world = await stage.open({ directory: directoryOf({ tenantId, users, applications: [application] }) });
  const asked = new URLSearchParams({ client_id: application.appId, redirect_uri: CALLBACK });
  for (const name of ['scope', 'state']) if (example[name] !== undefined) asked.set(name, textOf(example[name]));
  const authority = `${world.emulator.httpUrl}/${tenantId}`;
  const choice = await world.call('GET', `${authority}/${page}?${asked.toString()}`, { token: null });
  const goOn = hiddenField(choice, 'continue');
  const signedIn = await send(world, `${authority}/login`, { continue: goOn, account: ADMINISTRATOR });
  const cookie = (signedIn.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  const answer = await send(world, `${authority}/adminconsent`, { continue: goOn, decision: 'accept' }, { cookie });
  return Object.fromEntries(new URL(answer.headers['location'] ?? '').searchParams);
}

function send(
  world: FactWorld,
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<FactAnswer> {
  return world.call('POST', url, { body: new URLSearchParams(fields), headers, token: null });
}

/** The value of a hidden field of a page. */
function hiddenField({ body }: FactAnswer, name: string): string {
  const [, value = ''] = new RegExp(`name="${name}" value="([^"]*)"`).exec(String(body)) ?? [];
  return value.replaceAll('&amp;', '&');
}
