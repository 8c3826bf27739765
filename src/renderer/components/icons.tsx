import type { ReactNode } from 'react';

/** Drawn on a grid of 16, strokes of 1.5; the button around them says what they mean. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
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

export const ChevronDownIcon = () => (
  <Icon>
    <path d="M4 6.5 8 10.5 12 6.5" />
  </Icon>
);
export const ChevronRightIcon = () => (
  <Icon>
    <path d="M6 4 10 8 6 12" />
  </Icon>
);
export const ChevronLeftIcon = () => (
  <Icon>
    <path d="M10 4 6 8 10 12" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="M3.5 8.5 6.5 11.5 12.5 5" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 5.5v-1.5a1.5 1.5 0 0 0-1.5-1.5h-5a1.5 1.5 0 0 0-1.5 1.5v5a1.5 1.5 0 0 0 1.5 1.5h1.5" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M8 2.2 14.6 13.5H1.4L8 2.2z" />
    <path d="M8 6.5v3.2M8 11.6v.1" />
  </Icon>
);
export const ChartIcon = () => (
  <Icon>
    <path d="M3 13.5V8M8 13.5V2.5M13 13.5V6" strokeWidth="2" />
  </Icon>
);
export const ListIcon = () => (
  <Icon>
    <path d="M6 4h7.5M6 8h7.5M6 12h7.5" />
    <path d="M2.7 4v.01M2.7 8v.01M2.7 12v.01" strokeWidth="2" />
  </Icon>
);
export const PlugIcon = () => (
  <Icon>
    <path d="M5.5 2v3M10.5 2v3M3.5 5h9v2.5a4.5 4.5 0 0 1-9 0V5zM8 12v2.5" />
  </Icon>
);
export const GearIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.2" />
    <path d="M8 1.8v1.7M8 12.5v1.7M14.2 8h-1.7M3.5 8H1.8M12.4 3.6l-1.2 1.2M4.8 11.2l-1.2 1.2M12.4 12.4l-1.2-1.2M4.8 4.8 3.6 3.6" />
  </Icon>
);
export const PopOutIcon = () => (
  <Icon>
    <path d="M9.5 2.5h4v4M13.5 2.5 8 8M6.5 3.5h-2a2 2 0 0 0-2 2v6a2 2 0 0 0 2 2h6a2 2 0 0 0 2-2v-2" />
  </Icon>
);
export const SortIcon = ({ ascending }: { ascending: boolean }) => (
  <svg width="8" height="8" viewBox="0 0 8 8" fill="currentColor" aria-hidden="true" focusable="false">
    <path d={ascending ? 'M4 1.5 7 6H1z' : 'M4 6.5 1 2h6z'} />
  </svg>
);
