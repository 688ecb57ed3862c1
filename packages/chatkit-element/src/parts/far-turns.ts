export { FarTurns } from '../components/message-list/far-turns';
