/** What a handler tells the layers around it. */
export type ApiEnv = {
  Variables: {
    /** The day is over, so that only votes and comments can still move. */
    isClosed?: boolean;
    /** Address of whoever asks. */
    client?: string;
  };
};
