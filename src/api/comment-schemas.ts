// Comments as Hugging Face's papers API writes them.
import { z } from '@hono/zod-openapi';
import { MAX_COMMENT_CHARS } from '../comments/markdown/parse-markdown.ts';
import { REACTIONS } from '../comments/reactions.ts';

const instant = z.string().openapi({ format: 'date-time', example: '2025-10-29T06:00:00.000Z' });
const account = z.record(z.string(), z.any());

export const CommentSchema = z
  .object({
    id: z
      .string()
      .openapi({ description: '24 hexadecimal digits', example: '6901b0d40c8f00012ab3c4d5' }),
    type: z.literal('comment'),
    createdAt: instant,
    author: account.optional(),
    data: z.object({
      state: z.enum(['visible', 'pending', 'hidden', 'deleted']).openapi({
        description:
          'Pending: a moderator must see it first. Of hidden and deleted ones no text is given.',
      }),
      edited: z.boolean(),
      hidden: z.boolean(),
      hiddenReason: z.string().optional(),
      latest: z.object({
        raw: z.string().openapi({ description: 'Markdown' }),
        html: z.string().openapi({ description: 'Safe to insert' }),
        updatedAt: instant,
        author: account.optional(),
      }),
      numEdits: z.int(),
      editors: z.array(z.string()),
      editorAvatarUrls: z.array(z.string()),
      reactions: z.array(
        z.object({
          reaction: z.enum(REACTIONS),
          users: z.array(z.string()).openapi({ description: 'The first ten' }),
          count: z.int(),
        }),
      ),
      parentCommentId: z.string().optional(),
    }),
  })
  .openapi('Comment');

export const NewCommentBody = z.object({
  comment: z.string().openapi({
    description: 'Markdown with math; @handle and arXiv numbers become links',
    example: 'A proof of $e^{i\\pi} = -1$?',
    minLength: 1,
    maxLength: MAX_COMMENT_CHARS,
  }),
});

export const NewMessage = z.object({ newMessage: CommentSchema });

export const CommentParam = z.object({
  id: z.string().openapi({ example: '6901b0d40c8f00012ab3c4d5' }),
});

export const ReplyParam = z.object({
  id: z.string().openapi({ example: '2502.01441' }),
  commentId: z.string().openapi({ example: '6901b0d40c8f00012ab3c4d5' }),
});

export const ReactionParam = CommentParam.extend({
  reaction: z.string().openapi({ description: `One of ${REACTIONS.join(' ')}`, example: '🔥' }),
});
