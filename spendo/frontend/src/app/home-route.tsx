import { HomePage } from '../features/home/home-page';
import { useShell } from './shell-context';

export function HomeRoute() {
  const { user, openChat } = useShell();
  return <HomePage user={user} onAsk={openChat} />;
}
