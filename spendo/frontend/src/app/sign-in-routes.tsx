import { Link, useLocation } from 'react-router';
import { SignInPage } from '../features/sign-in/sign-in-page';
import { SignUpPage } from '../features/sign-up/sign-up-page';
import { paths } from './paths';
import { useSession } from './session';
import { SignInLayout } from './sign-in-layout';

export function SignInRoute() {
  const { signedIn, ended } = useSession();
  const { state } = useLocation();
  return (
    <SignInLayout>
      <SignInPage
        onSignedIn={signedIn}
        notice={ended ? 'Your session has ended. Sign in again to go on where you were.' : null}
        otherWay={
          <>
            New here?{' '}
            <Link to={paths.signUp} state={state}>
              Create an account
            </Link>
          </>
        }
      />
    </SignInLayout>
  );
}

export function SignUpRoute() {
  const { signedIn } = useSession();
  const { state } = useLocation();
  const signInLink = (
    <Link to={paths.signIn} state={state}>
      Sign in
    </Link>
  );
  return (
    <SignInLayout>
      <SignUpPage
        onSignedIn={signedIn}
        signInLink={signInLink}
        otherWay={<>Already have an account? {signInLink}</>}
      />
    </SignInLayout>
  );
}
