export { HistoryList } from '../components/history/history-list';
export { historyListStyles as css } from '../components/history/history-list-styles';
