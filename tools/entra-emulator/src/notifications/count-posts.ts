import type { Post } from './outbound.ts';

/** A post that is counted while it waits for its answer. */
export interface CountedPosts {
  readonly post: Post;
  underWay(): number;
}

export function countPosts(post: Post): CountedPosts {
  let count = 0;
  return {
    post: async (request) => {
      count += 1;
      try {
        return await post(request);
      } finally {
        count -= 1;
      }
    },
    underWay: () => count,
  };
}
