import { Button, Menu } from '@mantine/core';
import type { User } from '../api/session';
import { ChevronDownIcon, SignOutIcon } from '../ui/icons';
import { useSession } from './session';
import classes from './user-menu.module.css';

type Props = { user: User; onError: (error: unknown) => void };

export function UserMenu({ user, onError }: Props) {
  const { signOut } = useSession();
  const name = user.first_name || user.username;
  return (
    <Menu width={240}>
      <Menu.Target>
        <Button
          className={classes.target}
          variant="subtle"
          size="sm"
          rightSection={<ChevronDownIcon size={16} />}
          aria-label={`Account of ${name}`}
        >
          <span className={classes.name}>{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.who}>
          <span className={classes.username}>{user.username}</span>
          {user.email && <span className={classes.email}>{user.email}</span>}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          data-autofocus
          leftSection={<SignOutIcon size={18} />}
          onClick={() => {
            onError(null);
            signOut().catch(onError);
          }}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
