import { describe, expect, it } from '@jest/globals';
import { verdictOf } from '../../src/explain/verdict-of.ts';
import { anExplanation } from './an-explanation.ts';

const missing = { about: 'users', cause: 'Ada Lovelace is not in the group Learners' };
const locked = { about: 'sign-in', cause: 'signing in with Microsoft is switched off' };

describe('verdictOf', () => {
  it('says of somebody with whom all is well that it is', () => {
    expect(verdictOf(anExplanation())).toBe(
      'Ada Lovelace is an active learner and can sign in. Everything is as it should be.',
    );
  });

  it('counts what is not as expected of an active learner', () => {
    const troubles = [{ about: 'details', cause: 'location is not followed' }];

    expect(verdictOf(anExplanation({ troubles }))).toContain('1 thing is not as expected');
  });

  it('says first that an active learner can not sign in', () => {
    expect(verdictOf(anExplanation({ canSignIn: false, troubles: [locked] }))).toContain('can’t sign in');
  });

  it('names the cause why somebody is no learner, whatever else is wrong', () => {
    const nobody = { active: false, canSignIn: false, learnerId: null, troubles: [locked, missing] };

    expect(verdictOf(anExplanation(nobody))).toBe(`Ada Lovelace is not an active learner: ${missing.cause}.`);
  });

  it('does not invent a cause where none is known', () => {
    expect(verdictOf(anExplanation({ active: false }))).toBe('Ada Lovelace is not an active learner.');
  });
});
