// What everyone may see of somebody.
import { raw } from 'hono/html';
import type { WrittenComment } from '../accounts/public-activity.ts';
import type { Day } from '../base/calendar.ts';
import { renderTexText } from '../base/tex/tex.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import { longMonth, shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Person, PublicPerson } from '../people/person.ts';
import { Layout, type Site } from './layout.tsx';

export const PROFILE_LISTS = ['comments', 'submissions', 'votes'] as const;
export type ProfileList = (typeof PROFILE_LISTS)[number];

export type ProfileView = {
  person: Person;
  inviter: PublicPerson | undefined;
  list: ProfileList;
  comments: WrittenComment[];
  /** Of the lists of papers, with the day it was submitted to or voted for. */
  papers: { item: FeedItem; at: string }[];
  /** Of the next page. */
  before: string | undefined;
  isFirst: boolean;
};

export function ProfilePage({ site, view }: { site: Site; view: ProfileView }) {
  const { person, list } = view;
  const { profile, roles } = words.people;
  const path = `/people/${person.handle}`;
  const address = (show: ProfileList) => (show === 'comments' ? path : `${path}?show=${show}`);
  return (
    <Layout
      site={site}
      head={{
        title: person.name,
        description: profile.description(person.name, site.name),
        path,
        feeds: [
          { kind: 'comments', handle: person.handle },
          ...(person.hasPublicVotes ? [{ kind: 'votes', handle: person.handle } as const] : []),
        ],
        isUnindexed: list !== 'comments' || !view.isFirst,
      }}
    >
      <div class="profile">
        <h1>{person.name}</h1>
        <p class="note">
          @{person.handle} · {roles[person.role]}
          {person.affiliation && ` · ${person.affiliation}`}
        </p>
        {person.about && <p class="about">{person.about}</p>}
        <Facts person={person} inviter={view.inviter} />
        <nav class="tabs" aria-label={profile.tabs(person.name)}>
          {PROFILE_LISTS.map((show) => (
            <a href={address(show)} aria-current={show === list ? 'page' : undefined}>
              {profile.lists[show]}
            </a>
          ))}
        </nav>
        <h2 class="unseen">{profile.lists[list]}</h2>
        {list === 'votes' && !person.hasPublicVotes ? (
          <p class="empty">{profile.votesPrivately(person.name)}</p>
        ) : view.comments.length + view.papers.length === 0 ? (
          <p class="empty">{view.isFirst ? profile.nothing[list] : profile.nothingMore}</p>
        ) : (
          <ul class="activity">
            {view.comments.map((comment) => (
              <CommentLine comment={comment} today={site.today} />
            ))}
            {view.papers.map(({ item, at }) => (
              <li>
                <a href={pathOfPaper(item.paper.id)}>{raw(item.rendering?.titleHtml ?? '')}</a>
                <small>
                  {profile[list === 'votes' ? 'voted' : 'listed'](shortDate(at as Day, site.today))}
                </small>
              </li>
            ))}
          </ul>
        )}
        <p class="note">
          <a href={`/report?person=${person.handle}`}>{profile.report}</a>
        </p>
        {view.before && (
          <p class="pages">
            <a rel="next" href={`${path}?show=${list}&before=${encodeURIComponent(view.before)}`}>
              {profile.older}
            </a>
          </p>
        )}
      </div>
    </Layout>
  );
}

function Facts({ person, inviter }: { person: Person; inviter: PublicPerson | undefined }) {
  const { profile } = words.people;
  return (
    <dl class="facts">
      <div>
        <dt>{profile.joined}</dt>
        <dd>
          {profile.joinedBy(
            longMonth(person.joinedAt.slice(0, 10) as Day),
            inviter && <a href={`/people/${inviter.handle}`}>{inviter.name}</a>,
          )}
        </dd>
      </div>
      {person.orcid && (
        <div>
          <dt>{profile.orcid}</dt>
          <dd>
            <a href={`https://orcid.org/${person.orcid}`} rel={FOREIGN}>
              {person.orcid}
            </a>
          </dd>
        </div>
      )}
      {person.links.length > 0 && (
        <div>
          <dt>{profile.links}</dt>
          <dd>
            {person.links.map((link) => (
              <a class="line" href={link} rel={FOREIGN}>
                {link.replace(/^https?:\/\/(?:www\.)?|\/$/g, '')}
              </a>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Somebody wrote it: no search engine should count it, and the page behind it learns nothing. */
const FOREIGN = 'me nofollow ugc noopener';

function CommentLine({ comment, today }: { comment: WrittenComment; today: Day }) {
  return (
    <li>
      {comment.html === undefined ? (
        <p>{comment.excerpt}</p>
      ) : (
        <div class="comment-text">{raw(comment.html)}</div>
      )}
      <small>
        {words.people.profile.commented(
          <a href={`${pathOfPaper(comment.paperId)}#${comment.id}`}>
            {renderTexText(comment.title)}
          </a>,
          shortDate(comment.writtenAt, today),
        )}
      </small>
    </li>
  );
}
