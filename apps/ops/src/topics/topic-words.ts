import type { GroupDescription, TopicDescription } from '@learnamp/bus';

/** Offsets in use: as many records as there are, or, once compacted, were. */
export const recordsOf = ({ partitions }: TopicDescription): number =>
  partitions.reduce((sum, { low, high }) => sum + Number(high - low), 0);

/** Records that a group has not decided yet, by partition. */
export const lagsOf = ({ partitions }: TopicDescription, { positions }: GroupDescription) => {
  const nextOf = new Map(positions.map(({ partition, next }) => [partition, next]));
  return partitions.map(({ partition, low, high }) => {
    const next = nextOf.get(partition) ?? low;
    return { partition, behind: Number(high - (next > low ? next : low)) };
  });
};

export const behindOf = (topic: TopicDescription, group: GroupDescription): number =>
  lagsOf(topic, group).reduce((sum, { behind }) => sum + behind, 0);

/** A number for people, with its thousands apart. */
export const said = (count: number | null): string => (count === null ? '–' : count.toLocaleString('en-GB'));

const MS = { d: 86_400_000, h: 3_600_000, min: 60_000, s: 1000 };

/** Such as `7 d` of `604800000`. */
export function durationOf(milliseconds: number): string {
  const [unit, size] = Object.entries(MS).find(([, each]) => milliseconds >= each && milliseconds % each === 0) ?? [];
  return unit === undefined || size === undefined ? `${milliseconds} ms` : `${milliseconds / size} ${unit}`;
}

/** An entry of a topic's configuration, in words. */
export const configured = (name: string, value: string): string =>
  name.endsWith('.ms') && /^\d+$/.test(value) ? `${value} (${durationOf(Number(value))})` : value;
