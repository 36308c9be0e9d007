import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type MappingRule, selectableProperties } from '@learnamp/directory';
import { organisationModel } from '@learnamp/organisations';
import { aCompany, user } from '../support/company.ts';
import { startSystem, type System } from '../support/start-system.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

const rule = (field: string, from: string, more: Partial<MappingRule> = {}): MappingRule => ({
  field,
  from,
  apply: 'always',
  onEmpty: 'clear',
  ...more,
});
const custom = (...ids: string[]) => ids.map((id) => ({ id, title: id }));

describe('the mapping of an organisation', () => {
  let system: System;

  beforeAll(async () => {
    const company = aCompany();
    const users = company.users.map((entry, n) => ({
      ...entry,
      city: `City ${n + 1}`,
      onPremisesExtensionAttributes: { extensionAttribute3: `CC-${n + 1}` },
    }));
    system = await startSystem({ directory: { ...company, users } });
    await system.start();
    await system.settled();
  });
  afterAll(() => system.close());
  beforeEach(async () => {
    system.watched.beforePublish = () => Promise.resolve();
    await setMapping([]);
    // The links of the mapping before are followed a last time.
    await system.request({ mode: 'delta', requestId: 'the last of the old links' });
    await system.settled();
    system.watched.markers.length = 0;
    system.watched.states.length = 0;
  });

  const setMapping = async (rules: readonly MappingRule[], ...customFields: string[]) => {
    await system.changeProvisioning({ mapping: { rules, customFields: custom(...customFields) } });
    await noticed();
    await system.settled();
  };
  /** The service knows of the settings that were changed last. */
  const noticed = async () => {
    const { revision } = await organisationModel(system.connection).findById(system.organisation.id).orFail().lean();
    await until('the settings are noticed', async () => {
      const record = await system.stores.workRecords.findById(system.organisation.id).lean();
      return record?.settledRevision === revision;
    });
  };
  const emitted = () => system.watched.states.map(({ personId }) => personId).sort();
  const stateOf = (personId: string) => system.watched.states.find((state) => state.personId === personId);
  const lastOf = (mode: string) => system.watched.markers.filter((marker) => marker.mode === mode).at(-1);
  const everybody = [user(1), user(2), user(3), user(4)];

  it('selects what its rules read, and emits standard and custom fields', async () => {
    await setMapping(
      [
        rule('jobTitle', '$uppercase(city) & " / " & displayName'),
        rule('customFields.costCentre', 'onPremisesExtensionAttributes.extensionAttribute3', { onEmpty: 'keep' }),
        rule('customFields.town', 'city', { apply: 'create only' }),
      ],
      'costCentre',
      'town',
    );

    expect(emitted()).toEqual(everybody);
    expect(stateOf(user(3))).toMatchObject({
      fields: { jobTitle: 'CITY 3 / User 3', displayName: 'User 3' },
      customFields: { costCentre: 'CC-3', town: 'City 3' },
      fieldRules: { createOnly: ['customFields.town'], keptWhenEmpty: ['customFields.costCentre'], unreadable: [] },
    });
  });

  it('follows a property that only a rule reads, by delta', async () => {
    await setMapping([rule('location', 'city & "!"')]);
    system.watched.markers.length = 0;

    await system.change('PATCH', `/users/${user(2)}`, { city: 'Leeds' });
    await system.hint({ kind: 'users', objectId: user(2) });
    await system.settled();

    expect((await system.learner(user(2)))?.fields.location).toBe('Leeds!');
    expect(system.watched.markers.map(({ mode }) => mode)).not.toContain('full');
  });

  it("emits everybody again when the rules change, and nobody when they don't", async () => {
    await setMapping([rule('jobTitle', 'jobTitle', { apply: 'create only' })]);
    expect(emitted()).toEqual(everybody);

    system.watched.states.length = 0;
    await setMapping([rule('jobTitle', 'jobTitle', { onEmpty: 'keep' })]);
    expect(emitted()).toEqual(everybody);

    system.watched.states.length = 0;
    await system.request({ mode: 'full', requestId: 'again' });
    await system.settled();
    expect(emitted()).toEqual([]);
  });

  it('names on the run which fields could not be read of how many, and lets everything else through', async () => {
    await system.change('PATCH', `/users/${user(4)}`, { city: 'Nowhere' });
    await setMapping([
      rule('jobTitle', 'city = "Nowhere" ? $error("for " & displayName) : city'),
      rule('email', 'city'),
      rule('location', '$uppercase(city)'),
    ]);

    expect(lastOf('full')).toMatchObject({
      stage: 'finished',
      unreadableFields: [
        { field: 'email', people: 4, problem: 'the value is no email address' },
        { field: 'jobTitle', people: 1, problem: 'the expression failed (D3137)' },
      ],
    });
    expect(stateOf(user(4))).toMatchObject({
      fields: { jobTitle: null, location: 'NOWHERE' },
      fieldRules: { unreadable: ['email', 'jobTitle'] },
    });
    expect(stateOf(user(1))?.fieldRules?.unreadable).toEqual(['email']);
  });

  it('tells, while new links are taken, what the old ones know', async () => {
    // Nobody was told of this yet: only a link that is older than the change knows.
    await system.change('PATCH', `/users/${user(1)}`, { department: 'Looms' });
    const links: number[] = [];
    let hinted = false;
    system.watched.beforePublish = async (records) => {
      const says = (step: string) => records.some(({ value }) => value?.includes(`"${step}"`));
      if (says('syncing people') && links.length === 0)
        links.push(await system.stores.deltaLinks.countDocuments({ kind: 'users' }));
      if (!says('reading groups') || hinted) return;
      hinted = true;
      await system.hint({ kind: 'users', objectId: user(1) });
    };

    await setMapping([rule('location', 'companyName')]);

    // The old one and the new one. The delta run between the full run's steps has found the change, before that read it.
    expect(links).toEqual([2]);
    const runOf = stateOf(user(1))?.runId;
    expect(system.watched.markers.find(({ runId }) => runId === runOf)?.mode).toBe('delta');

    await system.hint({ kind: 'users', objectId: user(1) });
    await system.settled();
    expect(await system.stores.deltaLinks.countDocuments({ kind: 'users' })).toBe(1);
  });

  it('loses no change that comes while its new links are taken, though the service dies there', async () => {
    let died: Promise<void> | undefined;
    system.watched.beforePublish = (records) => {
      if (died || !records.some(({ value }) => value?.includes('"syncing people"'))) return Promise.resolve();
      died = system.stop();
      return Promise.reject(new Error('died'));
    };
    await system.change('PATCH', `/users/${user(3)}`, { officeLocation: 'Before' });
    await system.changeProvisioning({
      mapping: { rules: [rule('location', 'officeLocation & ":" & city')], customFields: [] },
    });
    await until('the service dies', () => died !== undefined);
    await died;
    await system.change('PATCH', `/users/${user(2)}`, { city: 'Between' });

    system.watched.beforePublish = () => Promise.resolve();
    await system.start();
    await noticed();
    await system.settled();

    expect((await system.learner(user(3)))?.fields.location).toBe('Before:City 3');
    expect((await system.learner(user(2)))?.fields.location).toBe(':Between');
  });

  it('may read every property that it may name', async () => {
    const named = [...selectableProperties, `extension_${'0'.repeat(32)}_costCentre`];
    const ids = named.map((_, n) => `p${n}`);

    await setMapping(
      named.map((name, n) => rule(`customFields.p${n}`, name)),
      ...ids,
    );

    expect(lastOf('full')).toMatchObject({ stage: 'finished', counts: { emitted: 4 } });
    // Fifteen attributes are no text; a rule names one of them.
    const unreadable = (lastOf('full')?.unreadableFields ?? []).map(({ field }) => named[ids.indexOf(field.slice(13))]);
    expect(unreadable).toEqual(['onPremisesExtensionAttributes']);
  });
});
