import { ActionIcon, Loader } from '@mantine/core';
import { Delayed } from '../../ui/delayed';
import { ErrorNote } from '../../ui/error-note';
import { CloseIcon } from '../../ui/icons';
import classes from './MyChat.module.css';

type Props = { failed: boolean; onRetry: () => void; onClose: () => void };

/** What stands in the panel until the chat's own script has come. */
export function ChatPlaceholder({ failed, onRetry, onClose }: Props) {
  return (
    <div className={classes.placeholder}>
      <div className={classes.placeholderBar}>
        <ActionIcon variant="subtle" size={40} aria-label="Close chat" onClick={onClose}>
          <CloseIcon />
        </ActionIcon>
      </div>
      <div className={classes.placeholderBody}>
        {failed ? (
          <ErrorNote message="The chat could not be loaded. Reload the page." onRetry={onRetry} />
        ) : (
          <Delayed>
            <p className={classes.loading} role="status">
              <Loader size="sm" /> Loading the chat
            </p>
          </Delayed>
        )}
      </div>
    </div>
  );
}
