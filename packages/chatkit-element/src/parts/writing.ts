export { Writing } from '../components/composer/writing';
