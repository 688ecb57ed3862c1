import type { UploadStrings } from '../../locales/en-upload';

/** What is said about files, and how numbers and lists are written there. */
export interface UploadWords {
  upload: UploadStrings;
  locale: string;
  dismiss: string;
}
