import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { GroupTree } from './group-tree.tsx';

const { group: said } = words.microsoft;

/** The group whose people become learners, with those nested in it, as the last sync found them. */
export function ChosenGroup({ groupId }: { readonly groupId: string }) {
  const query = useQuery({
    queryKey: ['group-tree', groupId],
    queryFn: async ({ signal }) => (await answerOf(api.GET('/api/group-tree', { signal }))).group,
  });
  return (
    <>
      <p>{said.chosen}</p>
      <Loaded query={query}>
        {(group) => (
          <>
            <p>
              <strong>{group?.displayName ?? groupId}</strong> <span className="note">{groupId}</span>
            </p>
            {group === null || group.id !== groupId ? (
              <p className="faint">{said.notYetRead}</p>
            ) : (
              <>
                <p>{said.total(group.people, group.nested)}</p>
                <GroupTree group={group} />
              </>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
