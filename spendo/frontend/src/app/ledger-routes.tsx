import { useNavigate, useSearchParams } from 'react-router';
import { ImportPage } from '../features/ledger/import-page';
import { TransactionsPage } from '../features/ledger/transactions-page';
import { paths } from './paths';
import { useShell } from './shell-context';

export function TransactionsRoute() {
  const { user } = useShell();
  const [address, setAddress] = useSearchParams();
  return <TransactionsPage user={user} address={address} onAddress={setAddress} />;
}

export function ImportRoute() {
  const { user } = useShell();
  const navigate = useNavigate();
  return <ImportPage user={user} onShow={() => void navigate(paths.transactions)} />;
}
