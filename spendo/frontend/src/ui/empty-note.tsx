import type { ReactNode } from 'react';
import classes from './notes.module.css';

/** Nothing here yet: one sentence, and what to do next. */
export function EmptyNote({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p>{children}</p>
      {action}
    </div>
  );
}
