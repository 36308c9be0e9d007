import type { DirectoryObject } from './change.ts';
import type { DirectoryReads } from './directory.ts';

/**
 * Every object that a group contains, directly or through groups. Cycles are visited once; the group itself is not in it.
 * A nested group that must not be opened is in it, but not what it contains.
 */
export function transitiveMemberIds(
  directory: DirectoryReads,
  groupId: string,
  mayOpen: (object: DirectoryObject) => boolean = () => true,
): string[] {
  const next = (id: string): Iterable<string> => {
    const object = directory.find(id);
    return object !== undefined && mayOpen(object) ? directory.memberIds(id) : [];
  };
  return reach(groupId, next, directory);
}

/** Every group that contains an object, directly or through groups; the object itself is not in it. */
export function transitiveGroupIds(directory: DirectoryReads, memberId: string): string[] {
  return reach(memberId, (id) => directory.groupIdsOf(id), directory);
}

function reach(start: string, next: (id: string) => Iterable<string>, directory: DirectoryReads): string[] {
  const seen = new Set([start]);
  // A Set is iterated in insertion order and sees what is added meanwhile: this loop is the breadth-first queue.
  for (const id of seen) {
    for (const target of next(id)) {
      if (directory.find(target)) seen.add(target);
    }
  }
  seen.delete(start);
  return [...seen];
}
