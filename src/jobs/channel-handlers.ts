// The handler of the job that posts to channels; chat servers in the house need no network outside it.
import type { App } from '../app.ts';
import { POST_TO_CHANNELS } from '../channels/channel-jobs.ts';
import { deliverPosts } from '../channels/deliver-posts.ts';
import { planPosts } from '../channels/plan-posts.ts';
import type { Handler } from '../queue/worker.ts';

export function channelHandlers(app: App): Record<string, Handler> {
  return {
    [POST_TO_CHANNELS.kind]: async (_job, signal) => {
      await planPosts(app);
      await deliverPosts(app, signal);
    },
  };
}
