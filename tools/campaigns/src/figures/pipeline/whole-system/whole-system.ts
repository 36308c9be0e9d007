import { waitFor } from '../../identity/leaks/wait-for.ts';
import { variantEnvironment } from '../../variants/variant-environment.ts';
import { variantOf } from '../variants.ts';
import { Instances, type ServiceName, serviceNames } from './instances.ts';
import { openSurroundings, type Surroundings } from './surroundings.ts';

const INSTANCES = 2;

/** Two processes of each service, in their surroundings. */
export interface WholeSystem extends Surroundings {
  readonly services: readonly Instances[];
  /** Resolved when the fronts lead to every instance. */
  readonly settled: () => Promise<void>;
}

export interface WholeSystemOptions {
  readonly variant?: string;
  /** All four unless given. */
  readonly names?: readonly ServiceName[];
  /** More of Node's options for the services. */
  readonly nodeOptions?: string;
}

/** Does something with a system of its own. */
export async function onWholeSystem<Result>(
  options: WholeSystemOptions,
  act: (system: WholeSystem) => Promise<Result>,
): Promise<Result> {
  const surroundings = await openSurroundings();
  const services: Instances[] = [];
  const { fronts } = surroundings;
  const settled = () =>
    waitFor('the fronts lead to every instance', () =>
      services.every((one) => fronts.get(one.name)?.leadsToAll(one) ?? true),
    );
  try {
    services.push(
      ...(options.names ?? serviceNames).map((name) => new Instances(name, environmentOf(surroundings, name, options))),
    );
    await Promise.all(services.map((instances) => instances.start(INSTANCES)));
    for (const instances of services) fronts.get(instances.name)?.follow(instances);
    await settled();
    return await act({ ...surroundings, services, settled });
  } finally {
    await Promise.all(services.map((instances) => instances.stop()));
    await surroundings.close();
  }
}

function environmentOf(
  surroundings: Surroundings,
  name: ServiceName,
  { variant, nodeOptions = '' }: WholeSystemOptions,
) {
  const { NODE_OPTIONS = '', ...ofVariant } = variantEnvironment(variantOf(variant));
  return { ...surroundings.environmentOf(name), ...ofVariant, NODE_OPTIONS: `${nodeOptions} ${NODE_OPTIONS}`.trim() };
}
