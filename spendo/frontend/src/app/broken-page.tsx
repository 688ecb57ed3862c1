import { Button } from '@mantine/core';
import classes from './guards.module.css';

/** Instead of a white page when the app itself fails. What failed is in the console. */
export function BrokenPage() {
  return (
    <main className={classes.unreachable} tabIndex={-1}>
      <title>Spendo</title>
      <h1>This page stopped working</h1>
      <p>Your data is not affected. Reload the page to go on.</p>
      <Button className={classes.action} onClick={() => window.location.reload()}>
        Reload the page
      </Button>
    </main>
  );
}
