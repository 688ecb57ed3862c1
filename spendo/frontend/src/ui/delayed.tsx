import { type ReactNode, useEffect, useState } from 'react';

/** Shows its children only after 200 ms: what loads faster than that must not flicker. */
export function Delayed({ children }: { children: ReactNode }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return due ? children : null;
}
