export { Keyboard } from '../components/keyboard/keyboard';
