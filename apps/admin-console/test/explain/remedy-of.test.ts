import { describe, expect, it } from '@jest/globals';
import type { Explanation } from '../../src/explain/explanation.ts';
import { remedyOf } from '../../src/explain/remedy-of.ts';
import { anExplanation } from './an-explanation.ts';

const USER = /UserProfileMenuBlade\/~\/overview\/userId\/b3f0$/u;
const MEMBERS = /GroupDetailsMenuBlade\/~\/Members\/groupId\/root$/u;
const ALL_USERS = /UserManagementMenuBlade\/~\/AllUsers$/u;

const missing = { about: 'users', cause: 'they are missing' };

const placesFor = (more: Partial<Explanation>, trouble = missing) =>
  remedyOf(trouble, anExplanation({ active: false, ...more }), 'root')?.links.map(({ to }) => to);

describe('remedyOf', () => {
  it('leads to the group for somebody who is not in it', () => {
    expect(placesFor({ path: null })).toEqual([expect.stringMatching(MEMBERS), expect.stringMatching(USER)]);
  });

  it('leads to the account alone of somebody who is disabled', () => {
    expect(placesFor({ path: null, enabled: false })).toEqual([expect.stringMatching(USER)]);
  });

  it('leads to everybody at Microsoft for somebody who is not known there', () => {
    expect(placesFor({ path: null, enabled: null, personId: null })?.[0]).toMatch(ALL_USERS);
  });

  it('leads to what waits for an answer here for somebody who is in the group', () => {
    expect(placesFor({})).toEqual(expect.arrayContaining(['/held', '/conflicts']));
  });

  it('names no group where none is known', () => {
    const remedy = remedyOf(missing, anExplanation({ active: false, path: null }), null);

    expect(remedy?.links.map(({ to }) => to)).toEqual([expect.stringMatching(USER)]);
  });

  it.each([
    ['details', '/mapping'],
    ['managers', '/managers'],
    ['teams', '/teams'],
    ['sign-in', '/sign-in'],
    ['setup', '/microsoft'],
  ])('leads from trouble with %s to %s', (about, place) => {
    expect(placesFor({ active: true }, { about, cause: 'it is so' })).toContain(place);
  });

  it('says nothing of a trouble that it does not know', () => {
    expect(placesFor({}, { about: 'weather', cause: 'it rains' })).toBeUndefined();
  });
});
