export { ChoicesRow } from '../components/composer/choices-row';
export { choicesStyles as css } from '../components/composer/choices-styles';
