import type { Viewer } from '../people/viewer.ts';

/** What a handler tells the layers around it. */
export type ApiEnv = {
  Variables: {
    /** The day is over, so that only votes and comments can still move. */
    isClosed?: boolean;
    /** Address of whoever asks. */
    client?: string;
    /** Whoever asks, where the route or the request calls for it. */
    viewer?: Viewer | undefined;
    /** The answer is made for the viewer: nobody else gets it, and it is kept nowhere. */
    isPersonal?: boolean;
  };
};
