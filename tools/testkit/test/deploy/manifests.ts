import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse, parseAllDocuments } from 'yaml';

import { workspaceRoot } from '../../bin/bootstrap.mjs';

const deploy = (path: string): string => readFileSync(join(workspaceRoot, 'deploy', path), 'utf8');

export interface Kustomization {
  readonly resources: readonly string[];
  readonly configMapGenerator: readonly { readonly name: string; readonly envs: readonly string[] }[];
  readonly images: readonly { readonly name: string }[];
}

export interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

export interface Container {
  readonly image: string;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly Variable[];
  readonly securityContext: Record<string, unknown>;
  readonly resources: { readonly requests: Record<string, string>; readonly limits: Record<string, string> };
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly configMapKeyRef: { readonly name: string; readonly key: string } };
}

export interface Deployment extends Resource {
  readonly spec: {
    readonly selector: { readonly matchLabels: Record<string, string> };
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: {
        readonly automountServiceAccountToken: boolean;
        readonly securityContext: Record<string, unknown>;
        readonly containers: readonly [Container];
        readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
      };
    };
  };
}

export interface Service extends Resource {
  readonly spec: {
    readonly selector: Record<string, string>;
    readonly ports: readonly { readonly port: number; readonly targetPort: string }[];
  };
}

export interface Compose {
  readonly services: Record<string, { readonly environment: Record<string, string>; readonly secrets?: string[] }>;
  readonly secrets: Record<string, unknown>;
}

export const kustomization = (): Kustomization => parse(deploy('k8s/base/kustomization.yaml')) as Kustomization;

/** Every resource of the base, in the order of its files. */
export function resources(): Resource[] {
  return kustomization().resources.flatMap((file) =>
    parseAllDocuments(deploy(join('k8s/base', file))).map((document) => document.toJSON() as Resource),
  );
}

/** The resource of that kind and name; throws when there is none. */
export function resource(kind: string, name: string): Resource {
  const found = resources().find((candidate) => candidate.kind === kind && candidate.metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

/** The ConfigMap that the pods read, by name of setting. */
export function settings(): Record<string, string> {
  const files = kustomization().configMapGenerator.flatMap(({ envs }) => envs);
  const lines = files.flatMap((file) => deploy(join('k8s/base', file)).split('\n'));
  const pairs = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('='));
  return Object.fromEntries(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

/** The command line as a Job, which is no part of the base. */
export const opsJob = (): Pick<Deployment, 'spec'> => parse(deploy('k8s/ops-job.yaml')) as Pick<Deployment, 'spec'>;

export const compose = (): Compose => parse(deploy('compose.yaml'), { merge: true }) as Compose;
