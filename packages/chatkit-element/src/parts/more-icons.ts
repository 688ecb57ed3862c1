export { LUCIDE, MORE_PATHS } from '../icons/more-paths';
