export { buildApp, type ProfileWriter, type ProfileWriterDeps } from './app.ts';
export { createHomeOf } from './invitations/home-of.ts';
export { createOutboxMail, type OutboxDocument, outboxModel } from './mail/outbox-mail.ts';
