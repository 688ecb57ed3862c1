import { UnstyledButton, useComputedColorScheme } from '@mantine/core';
import { ChatKit, useChatKit } from '@openai/chatkit-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { fetchModels } from '../../api/models';
import { ChatIcon } from '../../ui/icons';
import { usePhone } from '../../ui/use-phone';
import { chatOptions } from './chat-options';
import { ChatPlaceholder } from './chat-placeholder';
import { loadChatScript, useChatScript } from './chat-script';
import { keepThread, lastThread } from './last-thread';
import classes from './MyChat.module.css';
import { useVisibleArea } from './visible-area';

type Props = {
  userId: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** An answer's link into the app: "transactions" and the parameters that name the rows. */
  onFollow: (name: string, data: Record<string, unknown>) => void;
};

/**
 * The chat behind its floating button. It is made at the first opening and stays in the page when
 * it is closed, so that the conversation, the draft and an answer on its way are still there. After a
 * reload it comes back to its thread.
 */
export function MyChat({ userId, open, onOpenChange, onFollow }: Props) {
  const [wanted, setWanted] = useState(open);
  const [ready, setReady] = useState(false);
  const [initialThread] = useState(() => lastThread(userId));
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const phone = usePhone();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const script = useChatScript(wanted);
  // Without the list the chat works all the same, with the default model.
  const models = useQuery({
    queryKey: ['chat-models'],
    queryFn: ({ signal }) => fetchModels(signal),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { control, focusComposer, sendUserMessage } = useChatKit({
    ...chatOptions(scheme, models.data ?? [], () => onOpenChange(false)),
    initialThread,
    // A thread that cannot be opened is not asked for again at the next reload.
    onThreadLoadStart: () => keepThread(userId, null),
    onThreadChange: ({ threadId }) => keepThread(userId, threadId),
    onReady: () => setReady(true),
    onDeeplink: ({ name, data = {} }) => {
      // A question that the answer offers is asked as if it were typed.
      if (name === 'ask' && typeof data.text === 'string')
        void sendUserMessage({ text: data.text });
      else onFollow(name, data);
    },
    // The element shows its own notice; what happened belongs into the console of whoever looks.
    onError: ({ error }) => console.warn('Chat:', error),
  });
  if (open && !wanted) setWanted(true);

  useEffect(() => {
    if (!open) return;
    // On a phone the composer would raise the keyboard over the start screen.
    if (ready && !phone) void focusComposer();
    else panel.current?.focus();
  }, [open, ready, phone, focusComposer]);

  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) button.current?.focus();
    wasOpen.current = open;
  }, [open]);

  useEffect(() => {
    if (!open) return;
    function closeOnEscape(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const inside =
        event.target === document.body || panel.current?.contains(event.target as Node);
      if (inside) onOpenChange(false);
    }
    document.addEventListener('keydown', closeOnEscape);
    return () => document.removeEventListener('keydown', closeOnEscape);
  }, [open, onOpenChange]);

  useVisibleArea(panel, open && phone);

  return (
    <>
      <UnstyledButton
        ref={button}
        className={classes.button}
        data-hidden={open || undefined}
        aria-label="Open chat"
        aria-expanded={open}
        aria-controls="chat-panel"
        onClick={() => onOpenChange(true)}
        onPointerEnter={loadChatScript}
        onFocus={loadChatScript}
      >
        <ChatIcon size={26} />
        <span className={classes.word}>Chat</span>
      </UnstyledButton>
      <div
        ref={panel}
        id="chat-panel"
        className={classes.panel}
        data-open={open || undefined}
        inert={!open}
        tabIndex={-1}
        role="dialog"
        aria-modal={phone}
        aria-label="Chat"
      >
        {wanted && <ChatKit control={control} className={classes.chat} />}
        {script.state !== 'ready' && (
          <ChatPlaceholder
            failed={script.state === 'failed'}
            onRetry={script.retry}
            onClose={() => onOpenChange(false)}
          />
        )}
      </div>
    </>
  );
}
