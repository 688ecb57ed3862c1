import type { ReactNode } from 'react';

type Props = { size?: number; className?: string };

/** Every icon is decoration: the control around it has the words. */
function Icon({ size = 20, className, children }: Props & { children: ReactNode }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export function SunIcon(props: Props) {
  return (
    <Icon {...props}>
      <circle cx="10" cy="10" r="3.25" />
      <path d="M10 2.5v1.75M10 15.75v1.75M2.5 10h1.75M15.75 10h1.75M4.7 4.7l1.24 1.24M14.06 14.06l1.24 1.24M4.7 15.3l1.24-1.24M14.06 5.94l1.24-1.24" />
    </Icon>
  );
}

export function MoonIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="M16.5 11.9A6.75 6.75 0 0 1 8.1 3.5a6.75 6.75 0 1 0 8.4 8.4Z" />
    </Icon>
  );
}

export function SystemIcon(props: Props) {
  return (
    <Icon {...props}>
      <rect x="2.75" y="3.75" width="14.5" height="9.5" rx="1.5" />
      <path d="M7.5 16.5h5M10 13.25v3.25" />
    </Icon>
  );
}

export function ChevronDownIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="m5.5 7.75 4.5 4.5 4.5-4.5" />
    </Icon>
  );
}

export function SignOutIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="M8 3.25H4.75a1.5 1.5 0 0 0-1.5 1.5v10.5a1.5 1.5 0 0 0 1.5 1.5H8M12.75 13.5l3.5-3.5-3.5-3.5M16 10H8" />
    </Icon>
  );
}

export function ChatIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="M10 3.25c-4 0-7.25 2.75-7.25 6.15 0 1.7.82 3.24 2.14 4.36l-.64 2.99 3.2-1.47c.8.2 1.65.3 2.55.3 4 0 7.25-2.77 7.25-6.18S14 3.25 10 3.25Z" />
      <path d="M6.75 8.4h6.5M6.75 10.9h4" />
    </Icon>
  );
}

export function CloseIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="m5 5 10 10M15 5 5 15" />
    </Icon>
  );
}

export function AlertIcon(props: Props) {
  return (
    <Icon {...props}>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M10 6.5v4M10 13.4v.1" />
    </Icon>
  );
}

export function CheckIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="m4.5 10.5 3.75 3.75 7.25-8" />
    </Icon>
  );
}

export function EyeIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="M2.25 10S5 4.75 10 4.75 17.75 10 17.75 10 15 15.25 10 15.25 2.25 10 2.25 10Z" />
      <circle cx="10" cy="10" r="2.25" />
    </Icon>
  );
}

export function EyeOffIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="M4.6 6.4C3 7.9 2.25 10 2.25 10S5 15.25 10 15.25c1.3 0 2.4-.35 3.4-.86M8.2 4.95c.57-.13 1.17-.2 1.8-.2 5 0 7.75 5.25 7.75 5.25s-.46 1.07-1.45 2.2M8.4 8.4a2.25 2.25 0 0 0 3.2 3.2M3.5 3.5l13 13" />
    </Icon>
  );
}

export function UploadIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="M10 12.75V3.5M6.5 6.75 10 3.25l3.5 3.5M3.25 12.5v2.75a1.5 1.5 0 0 0 1.5 1.5h10.5a1.5 1.5 0 0 0 1.5-1.5V12.5" />
    </Icon>
  );
}
