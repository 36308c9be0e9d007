import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  compose,
  kustomization,
  opsJob,
  resource,
  resources,
  settings,
  type Container,
  type Deployment,
  type Service,
} from './manifests.ts';
import { readAsService, serviceNames, variablesOf, type ServiceName } from './service-environment.ts';

type Env = Record<string, string>;

/** Credentials that no Secret holds in the repository, in the form each service wants. */
const ring = (): string => `k1:${randomBytes(32).toString('base64url')}`;
const secrets: Env = {
  MONGODB_URI: 'mongodb://mongo:27017/learnamp?replicaSet=learnamp',
  AZURE_CLIENT_SECRET: 'secret',
  SESSION_SIGNING_KEY: generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    })
    .toString(),
  SEALING_KEYS: ring(),
  BLIND_INDEX_KEY: ring(),
  CLIENT_STATE_KEYS: ring(),
  SMTP_URL: 'smtps://learnamp:secret@mail.example',
};

let mounted: string;

beforeAll(() => {
  mounted = mkdtempSync(join(tmpdir(), 'learnamp-secrets-'));
  for (const [name, value] of Object.entries(secrets)) writeFileSync(join(mounted, name), value);
});

afterAll(() => rmSync(mounted, { recursive: true, force: true }));

const deploymentOf = (service: ServiceName): Deployment => resource('Deployment', service) as Deployment;
const podOf = (service: ServiceName): Deployment['spec']['template']['spec'] =>
  deploymentOf(service).spec.template.spec;
const containerOf = (service: ServiceName): Container => podOf(service).containers[0];

/** What the pod's process sees, with the mounted secrets of this test. */
function podEnvironment(service: ServiceName): Env {
  const known = settings();
  const pairs = containerOf(service).env.map(({ name, value, valueFrom }) => {
    if (valueFrom === undefined) return [name, value?.replace('/run/secrets', mounted) ?? ''];
    return [name, known[valueFrom.configMapKeyRef.key] ?? ''];
  });
  return Object.fromEntries(pairs) as Env;
}

/** What compose gives the process, where every variable of the caller is set to something that fits. */
function composeEnvironment(service: ServiceName): Env {
  const given = Object.entries(compose().services[service]?.environment ?? {});
  const fill = (value: string): string =>
    value.startsWith('${AZURE_CLIENT_ID') ? 'app' : value.replace(/\$\{.*\}/, '');
  return Object.fromEntries(given.map(([name, value]) => [name, fill(value).replace('/run/secrets', mounted)]));
}

const places = { 'a pod': podEnvironment, compose: composeEnvironment };

describe.each(Object.entries(places))('the environment that %s gives', (_place, environmentOf) => {
  it.each(serviceNames)('%s is one that it starts with', async (service) => {
    await expect(readAsService(service, environmentOf(service))).resolves.toBeUndefined();
  });

  it.each(serviceNames)('%s has no variable that it does not know', async (service) => {
    const known = await variablesOf(service);

    expect(Object.keys(environmentOf(service)).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(serviceNames)('%s needs: without the brokers it is refused', async (service) => {
    const { KAFKA_BROKERS: brokers, ...rest } = environmentOf(service);

    expect(brokers).not.toBe('');
    await expect(readAsService(service, rest)).rejects.toThrow('KAFKA_BROKERS is missing');
  });
});

describe('the pods', () => {
  it.each(serviceNames)('of %s ask for no more than the restricted profile allows', (service) => {
    const pod = podOf(service);
    const { securityContext } = containerOf(service);

    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it.each(serviceNames)('of %s are probed at the port where the service answers', (service) => {
    const { ports, startupProbe, livenessProbe, readinessProbe } = containerOf(service);
    const env = podEnvironment(service);
    const listens = Number(env['PORT'] ?? env['HEALTH_PORT']);

    expect(ports).toContainEqual({ name: livenessProbe.httpGet.port, containerPort: listens });
    expect([startupProbe, livenessProbe].map(({ httpGet }) => httpGet.path)).toEqual(['/health/live', '/health/live']);
    expect(readinessProbe.httpGet).toEqual({ path: '/health/ready', port: livenessProbe.httpGet.port });
  });

  it.each(serviceNames)('of %s name no port at which nothing answers', (service) => {
    const { PORT, HEALTH_PORT, METRICS_PORT } = podEnvironment(service);

    const answered = [PORT ?? HEALTH_PORT, ...(METRICS_PORT ? [METRICS_PORT] : [])].map(Number);
    expect(containerOf(service).ports.map(({ containerPort }) => containerPort)).toEqual(answered);
  });

  it.each(serviceNames)(
    'of %s mount every secret that a variable points to, and get nothing secret otherwise',
    (service) => {
      const { env, volumeMounts } = containerOf(service);
      const files = env.filter(({ name }) => name.endsWith('_FILE'));
      const plain = env.map(({ name }) => name).filter((name) => name in secrets);

      expect(plain).toEqual([]);
      expect(files.map(({ name, value }) => [name, value])).toEqual(
        files.map(({ name }) => [name, `/run/secrets/${name.replace(/_FILE$/, '')}`]),
      );
      expect(volumeMounts).toContainEqual(expect.objectContaining({ name: 'secrets', mountPath: '/run/secrets' }));
      expect(podOf(service).volumes).toContainEqual(
        expect.objectContaining({
          name: 'secrets',
          secret: expect.objectContaining({ secretName: `${service}-secrets` }) as unknown,
        }),
      );
    },
  );

  it.each(serviceNames)('of %s say what they need and where they end', (service) => {
    const { requests, limits } = containerOf(service).resources;

    expect(Object.keys(requests)).toEqual(['cpu', 'memory']);
    expect(Object.keys(limits)).toContain('memory');
  });

  it.each(serviceNames)('of %s are the ones that its Service and its Deployment select', (service) => {
    const deployment = deploymentOf(service);
    const { labels } = deployment.spec.template.metadata;
    const { selector, ports } = (resource('Service', service) as Service).spec;

    expect(labels).toMatchObject(deployment.spec.selector.matchLabels);
    expect(labels).toMatchObject(selector);
    expect(ports).toEqual([expect.objectContaining({ port: 3000, targetPort: containerOf(service).ports[0]?.name })]);
  });
});

describe('the Job of the command line', () => {
  const pod = () => opsJob().spec.template.spec;
  const environment = (): Env =>
    Object.fromEntries(
      pod().containers[0].env.map(({ name, value = '' }) => [name, value.replace('/run/secrets', mounted)]),
    );

  it('has an environment that it starts with, and no variable that it does not know', async () => {
    const known = await variablesOf('ops');

    await expect(readAsService('ops', environment())).resolves.toBeUndefined();
    expect(Object.keys(environment()).filter((name) => !known.has(name))).toEqual([]);
  });

  it('asks for no more than the restricted profile allows', () => {
    expect(pod().automountServiceAccountToken).toBe(false);
    expect(pod().securityContext).toEqual(podOf('profile-writer').securityContext);
    expect(pod().containers[0].securityContext).toEqual(containerOf('profile-writer').securityContext);
  });
});

describe('the kustomization', () => {
  it('has a Deployment for each service and no other', () => {
    const deployments = resources().filter(({ kind }) => kind === 'Deployment');

    expect(deployments.map(({ metadata }) => metadata.name).sort()).toEqual([...serviceNames].sort());
  });

  it('names the image of each Deployment, so that an overlay can set its tag', () => {
    const images = serviceNames.map((service) => containerOf(service).image);

    expect(kustomization().images.map(({ name }) => name)).toEqual(images);
  });

  it('generates every setting that a pod refers to, and none that no pod reads', () => {
    const references = serviceNames.flatMap((service) =>
      containerOf(service).env.flatMap(({ valueFrom }) => valueFrom?.configMapKeyRef ?? []),
    );

    expect(new Set(references.map(({ name }) => name))).toEqual(new Set([kustomization().configMapGenerator[0]?.name]));
    expect([...new Set(references.map(({ key }) => key))].sort()).toEqual(Object.keys(settings()).sort());
  });
});

describe('compose', () => {
  it.each(serviceNames)('gives %s every secret that a variable points to, and declares it', (service) => {
    const { environment = {}, secrets: given = [] } = compose().services[service] ?? {};
    const wanted = Object.entries(environment)
      .filter(([name]) => name.endsWith('_FILE'))
      .map(([, path]) => basename(path));

    expect(wanted.sort()).toEqual([...given].sort());
    expect(Object.keys(compose().secrets)).toEqual(expect.arrayContaining(wanted));
  });
});
