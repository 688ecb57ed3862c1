import { ChatKit, useChatKit } from '@openai/chatkit-react';

export function Chat() {
  const { control } = useChatKit({
    api: {
      url: '/chatkit/',
      domainKey: 'local',
      fetch: (url, init) => fetch(url, { ...init, credentials: 'include' }),
    },
  });
  return <ChatKit control={control} style={{ height: 600 }} />;
}
