// A chat as it is usually written in React: the answer is a string in the state, and each delta
// makes it longer and draws it anew.
import { createParser } from 'eventsource-parser';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

const PLUGINS = [remarkGfm];

function Chat() {
  const [text, setText] = useState('');
  window.begin = async () => {
    const response = await fetch('/chatkit', { method: 'POST', body: '{}' });
    const parser = createParser({
      onEvent({ data }) {
        const { update } = JSON.parse(data);
        if (update?.delta) setText((before) => before + update.delta);
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parser.feed(part.value);
    }
    window.over = true;
  };
  return (
    <main>
      <Markdown remarkPlugins={PLUGINS}>{text}</Markdown>
    </main>
  );
}

createRoot(document.getElementById('root')).render(<Chat />);
