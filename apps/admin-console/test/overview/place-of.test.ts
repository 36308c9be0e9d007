import { expect, it } from '@jest/globals';
import { placeOf } from '../../src/overview/place-of.ts';

it.each([
  ['/admin', '/'],
  ['/admin/held', '/held'],
  ['/administer', '/administer'],
])('the address %s of the site is %s in the console', (address, place) => {
  expect(placeOf(address)).toBe(place);
});
