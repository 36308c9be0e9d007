import { describe } from '@jest/globals';
import { describeBusContract } from './contract/bus-contract.ts';
import { withEmbeddedSystem } from './support/embedded-system.ts';

describe('embedded bus', () => {
  describeBusContract(withEmbeddedSystem);
});
