import type { RouteObject } from 'react-router';
import { BrokenPage } from './broken-page';
import { SignedIn, SignedOut } from './guards';
import { HomeRoute } from './home-route';
import { ImportRoute, TransactionsRoute } from './ledger-routes';
import { NotFound } from './not-found';
import { paths } from './paths';
import { Root } from './root';
import { SignInRoute, SignUpRoute } from './sign-in-routes';

export const routes: RouteObject[] = [
  {
    element: <Root />,
    errorElement: <BrokenPage />,
    children: [
      {
        element: <SignedIn />,
        children: [
          { path: paths.home, element: <HomeRoute /> },
          { path: paths.transactions, element: <TransactionsRoute /> },
          { path: paths.imports, element: <ImportRoute /> },
        ],
      },
      {
        element: <SignedOut />,
        children: [
          { path: paths.signIn, element: <SignInRoute /> },
          { path: paths.signUp, element: <SignUpRoute /> },
        ],
      },
      { path: '*', element: <NotFound /> },
    ],
  },
];
