export { Dictation } from '../components/dictation/dictation';
