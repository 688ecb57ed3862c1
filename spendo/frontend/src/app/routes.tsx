import type { RouteObject } from 'react-router';
import { SignedIn, SignedOut } from './guards';
import { HomeRoute } from './home-route';
import { NotFound } from './not-found';
import { paths } from './paths';
import { SignInRoute, SignUpRoute } from './sign-in-routes';

export const routes: RouteObject[] = [
  {
    element: <SignedIn />,
    children: [{ path: paths.home, element: <HomeRoute /> }],
  },
  {
    element: <SignedOut />,
    children: [
      { path: paths.signIn, element: <SignInRoute /> },
      { path: paths.signUp, element: <SignUpRoute /> },
    ],
  },
  { path: '*', element: <NotFound /> },
];
