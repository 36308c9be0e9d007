export type { Campaign, CampaignRow, CampaignRun, Campaigns, Measurement } from './campaign.ts';
export { commands } from './commands.ts';
export { runCampaign } from './run-campaign.ts';
export { runCommand, type CommandOptions } from './run-command.ts';
