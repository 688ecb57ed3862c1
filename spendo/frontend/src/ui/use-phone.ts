import { useMediaQuery } from '@mantine/hooks';

/** Whether the window is under 640 px wide; right from the first render on. */
export function usePhone(): boolean {
  return (
    useMediaQuery('(max-width: 639.98px)', undefined, { getInitialValueInEffect: false }) ?? false
  );
}
