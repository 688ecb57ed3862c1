export { AttachmentDesk } from '../components/attachments/attachment-desk';
export { attachmentStyles as css } from '../components/attachments/attachment-styles';
