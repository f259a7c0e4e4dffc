import { assetPath } from '../base/assets.ts';
import type { CommentAuthor, ShownComment } from '../comments/hydrate-comments.ts';
import { roleMay } from '../people/roles.ts';
import { hexId } from './present-paper.ts';

type Presented = Record<string, unknown>;

/** As in `GET /api/papers/{id}?field=comments`. `url` is the public address of this server. */
export function presentComment(comment: ShownComment, url: string): Presented {
  const author = comment.author && presentPerson(comment.author, url);
  return {
    id: comment.id,
    type: 'comment',
    createdAt: comment.createdAt,
    ...(author ? { author } : {}),
    data: {
      state: comment.state,
      edited: comment.edits > 0,
      hidden: comment.state === 'hidden' || comment.state === 'deleted',
      ...(comment.hiddenReason === undefined ? {} : { hiddenReason: comment.hiddenReason }),
      latest: {
        raw: comment.raw,
        html: comment.html,
        updatedAt: comment.editedAt ?? comment.createdAt,
        ...(author ? { author } : {}),
      },
      numEdits: comment.edits,
      editors: comment.author ? [comment.author.handle] : [],
      editorAvatarUrls: author ? [author.avatarUrl] : [],
      reactions: comment.reactions.map(({ reaction, count, people }) => ({
        reaction,
        users: people.map((person) => person.handle),
        count,
      })),
      ...(comment.parentId === undefined ? {} : { parentCommentId: comment.parentId }),
    },
  };
}

function presentPerson({ handle, name, role }: CommentAuthor, url: string): Presented {
  return {
    _id: hexId(`user ${handle}`),
    avatarUrl: `${url}${assetPath('icon.svg')}`,
    fullname: name,
    name: handle,
    user: handle,
    type: 'user',
    isPro: false,
    isHf: false,
    isHfAdmin: false,
    isMod: roleMay(role, 'moderate'),
  };
}
