import { createContext, use } from 'react';
import type { User } from '../api/session';

type ShellValue = { user: User; openChat: () => void };

export const ShellContext = createContext<ShellValue | null>(null);

/** The signed-in user and the doors of the frame, for the routes inside it. */
export function useShell(): ShellValue {
  const shell = use(ShellContext);
  if (shell === null) throw new Error('useShell is for routes inside the Shell');
  return shell;
}
