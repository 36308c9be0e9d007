import { learnerModel, type RunDocument, runModel } from '@learnamp/learners';
import { organisationModel } from '@learnamp/organisations';
import type { Command } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { stateOf } from '../runs/run-words.ts';

export const listOrganisations: Command = {
  name: 'organisations list',
  takes: '',
  about: 'every organisation, whether it is provisioned, its learners and its last run',
  flags: {},
  run: async ({ connection }) => {
    const organisations = await organisationModel(connection).find().sort({ subdomain: 1 }).lean();
    const data = await Promise.all(
      organisations.map(async ({ _id: id, subdomain, name, microsoft, provisioning }) => ({
        id,
        subdomain,
        name,
        connected: microsoft !== null,
        provisioned: provisioning.enabled,
        activeLearners: await learnerModel(connection).countDocuments({ organisationId: id, active: true }),
        lastRun: lastRunOf(
          await runModel(connection)
            .findOne({ organisationId: id, mode: { $ne: 'preview' } })
            .sort({ startedAt: -1 })
            .lean<RunDocument>(),
        ),
      })),
    );
    const rows = data.map(({ subdomain, name, connected, provisioned, activeLearners, lastRun }) => [
      subdomain,
      name,
      connected ? (provisioned ? 'on' : 'off') : 'no tenant',
      String(activeLearners),
      lastRun ? `${lastRun.mode} ${lastRun.state}, ${lastRun.startedAt}` : 'none',
    ]);
    return { data, text: headed(['subdomain', 'name', 'provisioning', 'active', 'last run'], rows) };
  },
};

const lastRunOf = (run: RunDocument | null) =>
  run && { id: run._id, mode: run.mode, state: stateOf(run), startedAt: run.startedAt.toISOString() };
