import { describe, expect, it } from '@jest/globals';
import { isWrite, resourceUnits } from '../../../src/graph/throttling/resource-units.ts';

describe('resourceUnits', () => {
  it.each([
    ['GET /users', {}, 2],
    ['GET /users', { select: ['id'] }, 1],
    ['GET /users', { top: 19 }, 1],
    ['GET /users', { top: 20 }, 2],
    ['GET /users', { select: ['id'], top: 1 }, 1],
    ['GET /users', { expand: 'manager' }, 3],
    ['GET /users/{user}', {}, 1],
    ['GET /users/{user}', { select: ['id'] }, 1],
    ['GET /users/delta', {}, 1],
    ['GET /groups/{group}/members', {}, 3],
    ['GET /groups/{group}/members/microsoft.graph.user', {}, 3],
    ['GET /groups/{group}/members/$count', {}, 1],
    ['GET /groups/{group}/transitiveMembers', {}, 5],
    ['GET /groups/{group}/transitiveMembers', { select: ['id'], top: 5 }, 3],
    ['POST /directoryObjects/getByIds', {}, 5],
    ['POST /directoryObjects/getByIds', { select: ['id'] }, 2],
    ['POST /users/{user}/checkMemberGroups', {}, 4],
    ['POST /groups/{group}/checkMemberGroups', {}, 1],
    ['GET /me/memberOf', {}, 2],
    ['PATCH /users/{user}', {}, 1],
  ])('of %s with %j are %i', (template, options, units) => {
    expect(resourceUnits(template, options)).toBe(units);
  });
});

describe('isWrite', () => {
  it.each([
    ['GET /users', false],
    ['POST /users', true],
    ['PATCH /users/{user}', true],
    ['PUT /users/{user}/manager/$ref', true],
    ['DELETE /groups/{group}/members/{member}/$ref', true],
    ['POST /directoryObjects/getByIds', false],
    ['POST /users/{user}/getMemberGroups', false],
    ['POST /groups/{group}/checkMemberObjects', false],
  ])('says of %s %s', (template, expected) => {
    expect(isWrite(template)).toBe(expected);
  });
});
