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
    <Menu position="bottom-end" width={240} transitionProps={{ duration: 120 }}>
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
        <div className={classes.who}>
          <p className={classes.username}>{user.username}</p>
          {user.email && <p className={classes.email}>{user.email}</p>}
        </div>
        <Menu.Divider />
        <Menu.Item
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
