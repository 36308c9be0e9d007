/** What a command came to: how many learners it was applied to, or why to none, in one sentence. */
export type CommandResult = { readonly count: number } | { readonly refused: string };
