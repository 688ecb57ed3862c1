import { setUp } from './controller';
import { FakeRunServer } from './fake-runs';
import { until } from './fake-server';
import * as wire from './wire';

/** A controller and a server that knows runs. */
export const runs = () => setUp(new FakeRunServer());

export const beginning = [wire.created(), wire.done(wire.userItem('m1', 'Q')), wire.options()];
export const half = [...beginning, ...wire.opening('m2'), wire.delta('m2', 'Half')];
export const rest = [
  wire.delta('m2', ' and whole'),
  wire.done(wire.answerItem('m2', 'Half and whole')),
];

/** The same with a question whose answer is under way. */
export async function asked() {
  const set = runs();
  await set.controller.send({ text: 'Q' });
  set.server.run.send(...half);
  await until(() => set.texts().includes('Half'));
  return set;
}
