import { fireEvent, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderFeature } from '../../testing/render';
import { ChatPlaceholder } from './chat-placeholder';

it('says that the chat could not be loaded, offers another try, and can be closed', () => {
  const onRetry = vi.fn();
  const onClose = vi.fn();
  renderFeature(<ChatPlaceholder failed onRetry={onRetry} onClose={onClose} />);
  expect(screen.getByRole('alert').textContent).toContain(
    'The chat could not be loaded. Reload the page.',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledOnce();
  fireEvent.click(screen.getByRole('button', { name: 'Close chat' }));
  expect(onClose).toHaveBeenCalledOnce();
});
