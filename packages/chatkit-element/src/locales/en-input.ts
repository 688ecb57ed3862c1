/** Words for what the page and its user are asked for, and for dictation. They come with the parts that say them. */
export const enInput = {
  callWaits: 'The answer waits for something to be done on this page.',
  runTool: 'Do it now',
  skipTool: 'Go on without it',
  questionOf: (number: number, count: number) => `Question ${number} of ${count}`,
  ownWords: 'In your own words',
  yourAnswer: 'Your answer',
  chooseSome: 'Choose one or more.',
  skip: 'Skip',
  skipAll: 'Skip all',
  back: 'Back',
  next: 'Next',
  sendAnswer: 'Send',
  sendingAnswer: 'Sending',
  answerMissing: 'Choose an answer or write one, or skip the question.',
  writtenMissing: 'Write an answer, or skip the question.',
  youAnswered: 'You answered:',
  skipped: 'Skipped',
  notAnswered: 'Not answered',
};

export type InputStrings = typeof enInput;
