import { Delayed } from '../ui/delayed';
import { Logo } from '../ui/logo';
import classes from './shell.module.css';

/** The frame of the page while it is not known yet who is signed in. */
export function PageSkeleton() {
  return (
    <Delayed>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Logo />
        </div>
      </header>
      <main aria-busy="true" className={classes.content} aria-label="Loading" />
    </Delayed>
  );
}
