import { vi } from 'vitest';
import { ChatController } from '../thread/controller';
import { messageText } from '../thread/state';
import { ChatKitClient } from '../transport/client';
import { FakeServer, until } from './fake-server';
import { FakeWorld } from './fake-world';
import * as wire from './wire';

/** A controller with everything it says and gives back, and a server behind it. */
export function setUp<S extends FakeServer = FakeServer>(server: S = new FakeServer() as S) {
  const events: Array<[string, unknown]> = [];
  const givenBack: string[] = [];
  const tool = vi.fn();
  const world = new FakeWorld();
  const controller = new ChatController({
    surroundings: world,
    client: new ChatKitClient(() => ({ url: '/chatkit', locale: 'de-DE', fetch: server.fetch })),
    emit: (type, detail) => events.push([type, detail]),
    changed: () => {},
    giveBack: (message) => givenBack.push(messageText(message)),
    clientTool: () => tool,
  });
  const named = (name: string) =>
    events.filter(([type]) => type === name).map(([, detail]) => detail);
  const texts = () => controller.state.entries.map((entry) => messageText(entry.item));
  const idle = () => until(() => controller.state.phase === 'idle');
  return { server, events, named, controller, texts, idle, givenBack, tool, world };
}

/** The same after a first exchange. */
export async function inThread() {
  const set = setUp();
  void set.controller.send({ text: 'Hello' });
  await until(() => set.server.streams.length === 1);
  set.server.stream.send(...wire.exchange('Hello', 'Hi.')).close();
  await set.idle();
  return set;
}
