import Type, { type Static } from 'typebox';
import { RunView } from '../sync-runs/run-view.ts';
import { Freshness } from './freshness.ts';

const Count = Type.Integer({ minimum: 0 });
const Moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

/** How provisioning is, at a glance. */
export const Overview = Type.Object({
  health: Type.Object({
    state: Type.Union([
      Type.Literal('not-set-up'),
      Type.Literal('paused'),
      Type.Literal('failing'),
      Type.Literal('needs-approval'),
      Type.Literal('warning'),
      Type.Literal('healthy'),
    ]),
    /** One sentence. */
    reason: Type.String(),
    /** The one thing to do next, and the page of the console where it is done. */
    action: Type.Union([Type.Object({ label: Type.String(), to: Type.String() }), Type.Null()]),
  }),
  /** When everybody is read next, and when changes are looked for by timer. */
  next: Type.Object({ full: Moment, changes: Moment }),
  subscriptions: Type.Object({
    state: Type.Union([
      Type.Literal('live'),
      Type.Literal('missing'),
      Type.Literal('expiring'),
      /** This installation takes no notifications. */
      Type.Literal('not-used'),
    ]),
    expiresAt: Moment,
  }),
  /** By which Learn Amp proves itself to Microsoft. */
  credential: Type.Object({
    kind: Type.Union([Type.Literal('certificate'), Type.Literal('secret')]),
    expiresAt: Moment,
  }),
  freshness: Freshness,
  tiles: Type.Object({
    ...{ inGroup: Count, active: Count, toInvite: Count, deactivated: Count },
    /** By the newest full run. */
    skipped: Count,
    conflicts: Count,
  }),
  /** Changes that wait for approval. */
  held: Count,
  /** The run to watch. */
  run: Type.Union([RunView, Type.Null()]),
});
export type Overview = Static<typeof Overview>;
