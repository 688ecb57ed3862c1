import type { ReactNode } from 'react';
import { Logo } from '../ui/logo';
import classes from './sign-in-layout.module.css';
import { ThemeMenu } from './theme-menu';

export function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <Logo />
        <ThemeMenu />
      </header>
      <main className={classes.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
