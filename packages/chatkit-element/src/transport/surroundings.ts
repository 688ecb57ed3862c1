/** The page came back to life: the network is there again, or the user looks at it again. */
export type Sign = 'online' | 'visible';

/** What following a run needs of the world around it. A test lends its own and waits for nothing. */
export interface Surroundings {
  /** The wall clock in ms: unlike a monotonic one it goes on while the machine sleeps. */
  now(): number;
  /** Does `work` after `ms`, unless what it returns is called before. */
  after(ms: number, work: () => void): () => void;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Returns what ends the listening. */
  listen(hear: (sign: Sign) => void): () => void;
}
