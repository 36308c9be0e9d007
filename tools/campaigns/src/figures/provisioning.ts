import type { Campaign } from '../campaign.ts';
import { budgets } from './provisioning/budgets/rows.ts';
import { causes } from './provisioning/causes/rows.ts';
import { convergence } from './provisioning/convergence.ts';
import { faults } from './provisioning/faults.ts';
import { Histories } from './provisioning/histories/in-child.ts';
import { membership } from './provisioning/membership.ts';
import { previews } from './provisioning/previews/rows.ts';

/** Whether learners are what the directory says, whatever goes wrong on the way. */
export function provisioningFigures(): Campaign {
  const histories = new Histories();
  return {
    about: 'whether learners are what the directory says, whatever goes wrong on the way',
    packages: ['fast-check', 'mongoose'],
    rows: [membership, ...convergence(histories), ...faults, ...previews, ...budgets, ...causes],
    close: () => histories.close(),
  };
}
