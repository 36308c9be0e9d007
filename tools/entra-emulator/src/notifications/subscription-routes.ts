import { listPage } from '../graph/paging/list-page.ts';
import type { GraphCall, Route } from '../graph/protocol/graph-call.ts';
import type { GraphAnswer } from '../graph/protocol/graph-request.ts';
import { allowOptions } from '../graph/query/query-options.ts';
import { createSubscription, type CreationDeps } from './create-subscription.ts';
import { renderSubscription } from './render-subscription.ts';
import { findSubscription, ownSubscriptions } from './subscription-access.ts';
import type { Subscription } from './subscription.ts';
import { reauthorizeSubscription, updateSubscription } from './update-subscription.ts';

const ONE = '/subscriptions/{subscription}';

/**
 * Making, renewing and ending subscriptions. An application sees only its own. The permissions depend on what is
 * watched, so they are not the routes'.
 */
export function subscriptionRoutes(deps: CreationDeps): readonly Route[] {
  const route = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
    method,
    path,
    permissions: [],
    handle,
  });
  return [
    route('POST', '/subscriptions', async (call) => answer(call, 201, await createSubscription(call, deps))),
    route('GET', '/subscriptions', (call) => list(call, deps)),
    route('GET', ONE, (call) => answer(call, 200, findSubscription(call, deps.subscriptions))),
    route('PATCH', ONE, async (call) => answer(call, 200, await updateSubscription(call, deps))),
    route('DELETE', ONE, (call) => {
      deps.lifecycle.remove(findSubscription(call, deps.subscriptions).id);
      return { status: 204 };
    }),
    route('POST', `${ONE}/reauthorize`, (call) => {
      reauthorizeSubscription(call, deps);
      return { status: 204 };
    }),
  ];
}

function list(call: GraphCall, { subscriptions }: CreationDeps): GraphAnswer {
  allowOptions(call.options, '$skiptoken');
  return listPage(call, {
    context: 'subscriptions',
    ids: () => ownSubscriptions(call, subscriptions).map(({ id }) => id),
    render(id) {
      const subscription = subscriptions.find(id);
      return subscription && renderSubscription(subscription, true);
    },
  });
}

function answer(call: GraphCall, status: number, subscription: Subscription): GraphAnswer {
  const context = `${call.request.origin}/v1.0/$metadata#subscriptions/$entity`;
  return { status, body: { '@odata.context': context, ...renderSubscription(subscription) } };
}
