export { QuoteButton } from '../components/quote/quote-button';
export { quoteStyles as css } from '../components/quote/quote-styles';
