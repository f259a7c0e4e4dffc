import type { PostContent } from '../post-content.ts';
import type { Payload } from './payload.ts';

export type WebhookEvent = {
  /** The same however often it is sent: receivers drop what they have had. */
  id: string;
  occasion: string;
  createdAt: string;
  isReplay: boolean;
  channel: { id: string; name: string };
};

/** docs/channels.md has the meaning of the members. */
export function webhookPayload(content: PostContent, event: WebhookEvent): Payload {
  return { ...event, ...content };
}
