import { Link } from 'react-router';
import classes from './guards.module.css';
import { paths } from './paths';

export function NotFound() {
  return (
    <main className={classes.unreachable} tabIndex={-1}>
      <title>Page not found · Spendo</title>
      <h1>There is no page at this address</h1>
      <p>
        Check the address, or <Link to={paths.home}>go to your overview</Link>.
      </p>
    </main>
  );
}
