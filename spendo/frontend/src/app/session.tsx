import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { fetchMe, signOut, type User } from '../api/session';
import { onSessionEvent } from '../api/session-events';

const ME = ['me'];

type Session = {
  /** `undefined` while it is not known yet, `null` when nobody is signed in. */
  user: User | null | undefined;
  error: Error | null;
  retry: () => void;
  /** The server ended the session while the app was in use. */
  ended: boolean;
  signedIn: (user: User) => void;
  signOut: () => Promise<void>;
};

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider around it');
  return session;
}

/** Knows who is signed in, and makes sure that nothing of one user is left for the next. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [ended, setEnded] = useState(false);
  const me = useQuery({
    queryKey: ME,
    queryFn: ({ signal }) => fetchMe(signal),
    staleTime: 5 * 60_000,
    // Another tab may have signed out or changed hands.
    refetchOnWindowFocus: 'always',
  });

  useEffect(
    () =>
      onSessionEvent((event) => {
        if (event === 'doubtful') {
          void queryClient.invalidateQueries({ queryKey: ME });
        } else if (queryClient.getQueryData<User | null>(ME)) {
          setEnded(true);
          setUser(queryClient, null);
        }
      }),
    [queryClient],
  );

  const userId = me.data?.id ?? null;
  useEffect(() => {
    queryClient.removeQueries({
      predicate: ({ queryKey }) => queryKey[0] !== ME[0] && queryKey[0] !== userId,
    });
  }, [queryClient, userId]);

  const session = useMemo<Session>(
    () => ({
      user: me.data,
      error: me.data === undefined ? me.error : null,
      retry: () => void me.refetch(),
      ended,
      signedIn: (user) => {
        setEnded(false);
        setUser(queryClient, user);
      },
      signOut: async () => {
        await signOut();
        setEnded(false);
        setUser(queryClient, null);
      },
    }),
    [me.data, me.error, me.refetch, ended, queryClient],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** An answer still on its way is from before, and must not bring the former user back. */
function setUser(queryClient: QueryClient, user: User | null) {
  void queryClient.cancelQueries({ queryKey: ME });
  queryClient.setQueryData(ME, user);
}
