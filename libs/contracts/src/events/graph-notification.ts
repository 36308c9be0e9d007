import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { ObjectId, OrganisationId } from './fields.ts';

const GraphNotificationSchema = Type.Object({
  organisationId: OrganisationId,
  /** Which of the organisation's subscriptions spoke. */
  kind: Type.Union([Type.Literal('users'), Type.Literal('groups')]),
  /** The object that changed; absent in a lifecycle notification, which is about the subscription. */
  objectId: Type.Optional(ObjectId),
  /** Graph's word for a lifecycle notification: reauthorizationRequired, subscriptionRemoved or missed. */
  lifecycleEvent: Type.Optional(Type.String({ maxLength: 64 })),
  subscriptionId: Type.Optional(Type.String({ maxLength: 64 })),
});

/** A hint that something changed, never the change itself: whoever reads it asks Graph. */
export type GraphNotification = Static<typeof GraphNotificationSchema>;

export const graphNotification = {
  type: 'com.learnamp.graph.notification.v1',
  topic: topics.graphNotifications.name,
  schema: GraphNotificationSchema,
} as const;
