/** What is said about files: it comes with the code for them. */
export const enUpload = {
  attached: 'Attached files',
  drop: 'Drop files here to attach them',
  remove: (name: string) => `Remove ${name}`,
  again: (name: string) => `Try ${name} again`,
  uploading: 'Uploading…',
  progress: (name: string) => `Uploading ${name}`,
  done: (name: string) => `${name} is uploaded.`,
  failed: 'It could not be uploaded.',
  unreachable: 'The server could not be reached.',
  failedOf: (name: string, reason: string) => `${name}: ${reason}`,
  blocked: 'Files are still being uploaded. Send the message when they are there.',
  blockedByFailed: (name: string) => `${name} was not uploaded. Try it again or remove it.`,
  quoted: (name: string) => `“${name}”`,
  more: (count: number) => `${count} more`,
  tooLarge: (names: string, limit: string, count: number) =>
    `${names} ${count === 1 ? 'is' : 'are'} larger than ${limit}.`,
  tooMany: (names: string, limit: number, count: number) =>
    `${names} ${count === 1 ? 'was' : 'were'} not added: a message takes at most ${limit} ${limit === 1 ? 'file' : 'files'}.`,
  empty: (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} empty.`,
  wrongType: (names: string, allowed: string) =>
    `${names} cannot be attached. Allowed: ${allowed}.`,
  folder: (names: string, count: number) =>
    count === 1
      ? `${names} is a folder. Choose the files in it.`
      : `${names} are folders. Choose the files in them.`,
  enlarge: (name: string) => `Enlarge ${name}`,
  previous: 'Previous picture',
  next: 'Next picture',
  of: (position: number, count: number) => `${position} of ${count}`,
  images: 'images',
  audio: 'audio',
  videos: 'videos',
  texts: 'text',
};

export type UploadStrings = typeof enUpload;
