import type { Hono } from 'hono';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { spend } from '../people/limits.ts';
import { saveVote } from '../votes/vote-store.ts';
import { anchorOfPaper, pageBefore, withMine } from './mine.ts';
import { fieldsOf } from './read-form.ts';
import { viewerOf } from './site.ts';

/** The vote button without script: back to where the reader was, with their own marks. */
export function addVoteRoutes(web: Hono<ApiEnv>, app: App): void {
  web.post('/papers/:id/vote', async (c) => {
    const { person } = viewerOf(c);
    await spend(app.database, 'vote', person.id);
    const { on } = await fieldsOf(c);
    if (on !== '0' && on !== '1') {
      throw new AppError('invalid', words.voting.noChoice);
    }
    const { paper } = await saveVote(app.database, {
      person,
      paperId: c.req.param('id'),
      isOn: on === '1',
      newAccountHours: app.config.people.newAccountHours,
    });
    const page = pageBefore(c.req.header('referer')) ?? pathOfPaper(paper.id);
    return c.redirect(`${withMine(page)}#${encodeURIComponent(anchorOfPaper(paper.id))}`, 303);
  });
}
