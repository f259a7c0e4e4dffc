// A post as the request that its service takes.
import type { Config } from '../config.ts';
import type { Channel } from './channel.ts';
import { discordPayload } from './payloads/discord-payload.ts';
import type { Payload } from './payloads/payload.ts';
import { slackPayload } from './payloads/slack-payload.ts';
import { telegramPayload } from './payloads/telegram-payload.ts';
import { webhookPayload } from './payloads/webhook-payload.ts';
import type { PostContent } from './post-content.ts';
import { signWebhook } from './sign-webhook.ts';

export type PostHead = { id: string; occasion: string; createdAt: string; replays: number };

export type Outgoing = { url: string; headers: Record<string, string>; body: string };

/** What is sent, without addresses and secrets. */
export function payloadOf(channel: Channel, content: PostContent, head: PostHead): Payload {
  switch (channel.target.kind) {
    case 'slack':
      return slackPayload(content);
    case 'discord':
      return discordPayload(content);
    case 'telegram':
      return telegramPayload(content, channel.target.chatId);
    case 'webhook': {
      const { id, occasion, createdAt, replays } = head;
      const about = { id: channel.id, name: channel.name };
      return webhookPayload(content, {
        id,
        occasion,
        createdAt,
        isReplay: replays > 0,
        channel: about,
      });
    }
  }
}

export function renderPost(
  channel: Channel,
  content: PostContent,
  head: PostHead,
  config: Pick<Config, 'telegramUrl'>,
): Outgoing {
  const body = JSON.stringify(payloadOf(channel, content, head));
  const headers = { 'content-type': 'application/json' };
  const { target } = channel;
  switch (target.kind) {
    case 'slack':
      return { url: target.url, headers, body };
    case 'discord': {
      // Without it Discord answers before it knows whether it takes the message.
      const url = new URL(target.url);
      url.searchParams.set('wait', 'true');
      return { url: url.href, headers, body };
    }
    case 'telegram':
      return { url: `${config.telegramUrl}/bot${target.token}/sendMessage`, headers, body };
    case 'webhook':
      return {
        url: target.url,
        headers: {
          ...headers,
          'broadsheet-event': head.id,
          'broadsheet-signature': signWebhook(target.secret, body, Date.now()),
          ...(head.replays > 0 ? { 'broadsheet-replay': 'true' } : {}),
        },
        body,
      };
  }
}
