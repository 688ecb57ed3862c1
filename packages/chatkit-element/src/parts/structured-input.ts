export { Asked } from '../components/structured-input/asked';
