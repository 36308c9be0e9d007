import { describe, expect, it } from '@jest/globals';
import { hashOf, wantedState } from '../../src/index.ts';
import { aPerson, mappedByDefault } from '../person.ts';

const stateOf = (said: Parameters<typeof aPerson>[0]) => wantedState(aPerson(said), mappedByDefault(aPerson(said)));

describe('the employee id of a wanted state', () => {
  it('is what the directory says, without white space around it', () => {
    expect(stateOf({ employeeId: ' HF1001 ' }).employeeId).toBe('HF1001');
    expect(stateOf({ employeeId: ' ' }).employeeId).toBeUndefined();
    expect(stateOf({ employeeId: '7'.repeat(65) }).employeeId).toBeUndefined();
    expect(stateOf({}).employeeId).toBeUndefined();
  });

  it('is part of the state where there is one, and changes nothing for everybody else', () => {
    expect(hashOf(stateOf({ employeeId: '7' }))).not.toBe(hashOf(stateOf({ employeeId: '8' })));
    expect(hashOf(stateOf({ employeeId: '' }))).toBe(hashOf(stateOf({ employeeId: null })));
  });
});
