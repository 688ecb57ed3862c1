import type { Surroundings } from './transport/surroundings';

/** Time, chance, and the signs of life of the page the element stands in. */
export const pageSurroundings: Surroundings = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  listen(hear) {
    const online = () => hear('online');
    const shown = () => {
      if (!document.hidden) hear('visible');
    };
    window.addEventListener('online', online);
    document.addEventListener('visibilitychange', shown);
    return () => {
      window.removeEventListener('online', online);
      document.removeEventListener('visibilitychange', shown);
    };
  },
};
