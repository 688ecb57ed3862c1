export { Suggesting } from '../components/suggestions/suggesting';
export { suggestionStyles as css } from '../components/suggestions/suggestion-styles';
