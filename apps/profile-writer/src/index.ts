export { buildApp, consumerGroups, type ProfileWriter, type ProfileWriterDeps } from './app.ts';
