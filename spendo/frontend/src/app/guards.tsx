import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorNote } from '../ui/error-note';
import { errorWords } from '../ui/error-words';
import classes from './guards.module.css';
import { PageSkeleton } from './page-skeleton';
import { paths } from './paths';
import { useSession } from './session';
import { Shell } from './shell';

/** The place to go to after signing in; kept in the history entry, so a reload does not lose it. */
export type SignInState = { from?: string } | null;

export function SignedIn() {
  const { user, error, retry } = useSession();
  const location = useLocation();
  if (user === undefined)
    return error ? <Unreachable error={error} onRetry={retry} /> : <PageSkeleton />;
  if (user === null) {
    const from = `${location.pathname}${location.search}${location.hash}`;
    return <Navigate to={paths.signIn} replace state={{ from } satisfies SignInState} />;
  }
  // The key makes a new page for a new user: no chat, menu or list of somebody else stays mounted.
  return (
    <Shell key={user.id} user={user}>
      <Outlet />
    </Shell>
  );
}

export function SignedOut() {
  const { user, error, retry } = useSession();
  const state = useLocation().state as SignInState;
  if (user === undefined) return error ? <Unreachable error={error} onRetry={retry} /> : null;
  if (user !== null) return <Navigate to={state?.from ?? paths.home} replace />;
  return <Outlet />;
}

function Unreachable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <main className={classes.unreachable} tabIndex={-1}>
      <title>Spendo</title>
      <h1>Spendo is not reachable</h1>
      <ErrorNote message={errorWords(error)} onRetry={onRetry} />
    </main>
  );
}
