import { en } from '../locales/en';
import type { Strings } from '../locales/locales';

/** German. */
export const de: Strings = {
  ...en,
  language: 'de',
  newThreadTitle: 'Neuer Chat',
  greeting: 'Wobei kann ich helfen?',
  placeholder: 'Nachricht an die KI',
  composerLabel: 'Nachricht',
  send: 'Nachricht senden',
  history: 'Verlauf',
  openHistory: 'Verlauf',
};
