import { CommandButton } from './command-button.tsx';

interface ShowMoreProps {
  /** Of a list that grows within its page. */
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly name: string;
}

/** Reads on where a list ended so far. Nothing where it has ended. */
export function ShowMore({ query: { hasNextPage, isFetchingNextPage, fetchNextPage }, name }: ShowMoreProps) {
  if (!hasNextPage) return null;
  return (
    <p className="actions">
      <CommandButton className="secondary" isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
        {name}
      </CommandButton>
    </p>
  );
}
