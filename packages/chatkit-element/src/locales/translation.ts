import type { Strings } from './en';
import type { InputStrings } from './en-input';
import type { UploadStrings } from './en-upload';

/** All words of another language, those of the parts among them. */
export type Translation = Strings & { upload: UploadStrings; input: InputStrings };
