import { type ReactNode, useState } from 'react';
import { Link, NavLink, useNavigate } from 'react-router';
import type { User } from '../api/session';
import { MyChat } from '../features/chat/MyChat';
import { ErrorNote } from '../ui/error-note';
import { errorWords } from '../ui/error-words';
import { Logo } from '../ui/logo';
import { usePhone } from '../ui/use-phone';
import { addressOf, paths } from './paths';
import classes from './shell.module.css';
import { ShellContext } from './shell-context';
import { ThemeMenu } from './theme-menu';
import { UserMenu } from './user-menu';

const pages = [
  { to: paths.home, label: 'Overview' },
  { to: paths.transactions, label: 'Transactions' },
  { to: paths.imports, label: 'Import' },
];

/** The frame around every signed-in page: header, content, and the chat over it. */
export function Shell({ user, children }: { user: User; children: ReactNode }) {
  const [chatOpen, setChatOpen] = useState(false);
  const [signOutError, setSignOutError] = useState<unknown>(null);
  const phone = usePhone();
  const navigate = useNavigate();

  function follow(name: string, data: Record<string, unknown>) {
    const to = addressOf(name, data);
    if (to === null) return;
    // On a phone the chat covers what it leads to.
    if (phone) setChatOpen(false);
    void navigate(to);
  }

  return (
    <>
      {/* On a phone the chat covers the page, so the page must not be reachable behind it. */}
      <div inert={chatOpen && phone}>
        <a className={classes.skip} href="#content">
          Skip to content
        </a>
        <header className={classes.header}>
          <div className={classes.bar}>
            <Link className={classes.home} to={paths.home} aria-label="Spendo, overview">
              <Logo />
            </Link>
            <nav className={classes.nav} aria-label="Pages">
              {pages.map(({ to, label }) => (
                <NavLink key={to} className={classes.page ?? ''} to={to} end>
                  {label}
                </NavLink>
              ))}
            </nav>
            <ThemeMenu />
            <UserMenu user={user} onError={setSignOutError} />
          </div>
        </header>
        <main id="content" className={classes.content} tabIndex={-1}>
          {signOutError !== null && <ErrorNote message={errorWords(signOutError)} />}
          <ShellContext value={{ user, openChat: () => setChatOpen(true) }}>
            {children}
          </ShellContext>
        </main>
      </div>
      <MyChat userId={user.id} open={chatOpen} onOpenChange={setChatOpen} onFollow={follow} />
    </>
  );
}
