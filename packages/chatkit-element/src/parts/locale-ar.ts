import { en } from '../locales/en';
import type { Strings } from '../locales/locales';

/** Arabic. */
export const ar: Strings = {
  ...en,
  language: 'ar',
  newThreadTitle: 'محادثة جديدة',
  greeting: 'كيف يمكنني مساعدتك اليوم؟',
  placeholder: 'اكتب رسالة إلى المساعد',
  composerLabel: 'الرسالة',
  send: 'إرسال الرسالة',
  history: 'سجل المحادثات',
  openHistory: 'سجل المحادثات',
};
