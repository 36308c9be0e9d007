import type { Campaign } from '../campaign.ts';
import { budgets } from './provisioning/budgets/rows.ts';
import { membership } from './provisioning/membership.ts';

/** Whether learners are what the directory says, whatever goes wrong on the way. */
export function provisioningFigures(): Campaign {
  return {
    about: 'whether learners are what the directory says, whatever goes wrong on the way',
    packages: ['fast-check'],
    rows: [membership, ...budgets],
  };
}
