import { defaultApplication, type Emulator, startEmulator } from '@learnamp/entra-emulator';
import { runModel, teamModel } from '@learnamp/learners';
import { defaultProvisioning, type ProvisioningSettings } from '@learnamp/organisations';
import { testCaDirectory } from '@learnamp/testkit';
import { type Services, startServices } from '../budgets/services.ts';
import { tenantWriter, type Write } from '../budgets/microsoft.ts';
import {
  displayName,
  grantedTo,
  groupId,
  mainCompany,
  people,
  personId,
  smallCompany,
  tenantId,
  tenants,
  upn,
} from './companies.ts';

/** Companies in which everything that is to be explained has happened. */
export interface Stage {
  readonly emulator: Emulator;
  readonly services: Services;
  /** The organisation's id of a tenant. */
  readonly organisationOf: (tenant: number) => string;
  close(): Promise<void>;
}

const { rules } = defaultProvisioning.mapping;

/** Every addition after the first run is held, and three fields are mapped so that they don't simply follow. */
const mainSettings: Partial<ProvisioningSettings> = {
  limits: { ...defaultProvisioning.limits, addition: { share: 0, small: 0, number: 0 } },
  mapping: {
    customFields: [],
    rules: [
      ...rules,
      { field: 'jobTitle', from: 'jobTitle', apply: 'create only', onEmpty: 'clear' },
      { field: 'location', from: '$number(officeLocation)', apply: 'always', onEmpty: 'clear' },
      { field: 'language', from: 'preferredLanguage', apply: 'always', onEmpty: 'keep' },
    ],
  },
};

const settings: Readonly<Record<number, Partial<ProvisioningSettings>>> = {
  [tenants.main]: mainSettings,
  [tenants.switchedOff]: { managers: false },
  [tenants.unmapped]: {
    mapping: {
      customFields: [],
      rules: [{ field: 'department', from: 'companyName', apply: 'always', onEmpty: 'clear' }],
    },
  },
};

const NOBODYS_GROUP = groupId(tenants.groupMissing, 9);

export async function setTheStage(): Promise<Stage> {
  const numbers = Object.values(tenants);
  const main = mainCompany();
  const application = { ...defaultApplication(main.tenant), signInAudience: 'AzureADMultipleOrgs' as const };
  const { appId, displayName: name } = application;
  const installedIn = (tenant: number) =>
    tenant === tenants.notConsented ? [] : [{ appId, displayName: name, appRoles: grantedTo(tenant) }];
  const emulator = await startEmulator({
    directory: { ...main, applications: [application] },
    otherTenants: numbers
      .filter((tenant) => tenant !== tenants.main)
      .map((tenant) => ({ ...smallCompany(tenant), servicePrincipals: installedIn(tenant) })),
    certificateDirectory: testCaDirectory(),
  });
  const clientSecret = application.passwordCredentials[0]?.secretText ?? '';
  const services = await startServices({
    microsoft: { emulator, clientId: appId, clientSecret },
    customers: numbers.map((tenant) => ({
      tenantId: tenantId(tenant),
      groupId: tenant === tenants.groupMissing ? NOBODYS_GROUP : groupId(tenant, 0),
      provisioning: settings[tenant] ?? {},
    })),
    provisioning: { photos: false },
    now: () => new Date(),
  });
  const organisationOf = (tenant: number) => services.organisations[numbers.indexOf(tenant as never)]?.id ?? '';
  const failing: readonly number[] = [
    ...[tenants.permissionMissing, tenants.groupMissing, tenants.notConsented, tenants.membersHidden],
  ];
  await services.settled(numbers.filter((tenant) => !failing.includes(tenant)).map(organisationOf));
  for (const tenant of failing) await untilTold(services, organisationOf(tenant));
  await letItHappen(services, organisationOf(tenants.main), tenantWriter(emulator, tenantId(0), appId, clientSecret));
  return {
    emulator,
    services,
    organisationOf,
    close: async () => {
      await services.close();
      await emulator.stop();
    },
  };
}

/** Waits until a run has said what is wrong. */
async function untilTold({ connection }: Services, organisationId: string): Promise<void> {
  const told: object = { organisationId, problem: { $type: 'string' } };
  while (!(await runModel(connection).exists(told))) await new Promise((go) => setTimeout(go, 20));
}

/** What goes wrong after everybody was there. */
async function letItHappen(services: Services, organisationId: string, write: Write): Promise<void> {
  const root = `/groups/${groupId(0, 0)}/members`;
  await write('DELETE', `${root}/${personId(0, people.leaver)}/$ref`);
  await write('PATCH', `/users/${personId(0, people.createOnly)}`, { jobTitle: 'Director' });
  await write('PATCH', `/users/${personId(0, people.kept)}`, { preferredLanguage: null });
  await write('DELETE', `/users/${personId(0, people.recreated)}`);
  await write('POST', '/users', {
    accountEnabled: true,
    displayName: displayName('recreated'),
    mailNickname: 'recreated',
    userPrincipalName: upn(0, 'recreated'),
    passwordProfile: { password: 'Correct-horse-7-battery' },
  });
  await services.syncUsers(organisationId);
  await services.settled([organisationId]);
  // Only now: an addition that is held holds every removal too.
  await write('POST', `${root}/$ref`, {
    '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${personId(0, people.late)}`,
  });
  await services.syncUsers(organisationId);
  await services.settled([organisationId]);
  // Somebody has put the team below another one.
  const teams = teamModel(services.connection);
  const engineering = await teams.findOne({ organisationId, name: 'Engineering' }).lean().orFail();
  const product = { organisationId, name: 'Product', origin: 'manual', parentId: null } as const;
  await teams.create({ _id: 'tm_product', ...product });
  await teams.updateOne({ _id: engineering._id }, { $set: { parentId: 'tm_product' } });
}
