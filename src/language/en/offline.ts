// Pages where the server cannot be reached. `{time}` is when the page came from it.
export const offline = {
  heading: 'No connection',
  text: 'This page has to come from the server, which cannot be reached at the moment.',
  again: 'Try again',
  kept: 'On this device',
  keptText: 'Pages that you read not long ago can be read again.',
  offlineNote: 'You are offline: this is the page as of {time}.',
  noAnswerNote: 'The server does not answer: this is the page as of {time}.',
};
