import { accessStyles } from './access-styles';
import { chatStyles } from './chat-styles';
import { composerStyles } from './composer-styles';
import { historyStyles } from './history-styles';
import { messageStyles } from './message-styles';
import { proseStyles } from './prose-styles';
import { tokens } from './tokens';

export const styles = [
  tokens,
  chatStyles,
  messageStyles,
  proseStyles,
  composerStyles,
  historyStyles,
  accessStyles,
];
