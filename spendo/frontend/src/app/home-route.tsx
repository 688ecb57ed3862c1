import { useNavigate } from 'react-router';
import { HomePage } from '../features/ledger/home-page';
import { paths } from './paths';
import { useShell } from './shell-context';

export function HomeRoute() {
  const { user, openChat } = useShell();
  const navigate = useNavigate();
  return <HomePage user={user} onAsk={openChat} onImport={() => void navigate(paths.imports)} />;
}
