// The form of an alert, and what it would have told of.

import { type AlertProblems, MAX_ALERT_NAME, type TypedAlert } from '../alerts/parse-alert.ts';
import { MAX_PREVIEWED, PREVIEWED_DAYS, type Preview } from '../alerts/preview-alert.ts';
import { renderTexText } from '../base/tex/tex.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { MATCHED_BY } from '../search/search.ts';
import { counted, shortDate } from './dates.ts';
import type { Site } from './layout.tsx';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';

const WAYS = {
  words: ['have all of the words', 'the surest, and the narrowest'],
  meaning: ['are near in meaning', 'whatever words they use'],
  either: ['do either', 'the most papers'],
} as const;

export type Outlet = { id: string; name: string };

export type AlertFormView = {
  typed: TypedAlert;
  problems?: AlertProblems;
  /** Where mail at once would go; undefined where the account has no proved address. */
  address: string | undefined;
  digests: Outlet[];
  channels: Outlet[];
  /** Undefined where nothing was asked for; `unavailable` while the index is being made. */
  preview?: Preview | 'unavailable' | undefined;
};

export function AlertForm({
  site,
  view,
  action,
  label,
}: {
  site: Site;
  view: AlertFormView;
  action: string;
  label: string;
}) {
  const { typed, problems = {}, preview } = view;
  return (
    <>
      <form method="post" action={action} class="stacked alert-form">
        <fieldset>
          <legend>Papers that</legend>
          {MATCHED_BY.map((by) => (
            <label class="choice">
              <input
                type="radio"
                name="what"
                value={by}
                checked={typed.kind !== 'author' && typed.by === by}
                required
              />{' '}
              {WAYS[by][0]} <span class="note">{WAYS[by][1]}</span>
            </label>
          ))}
          <label class="choice">
            <input type="radio" name="what" value="author" checked={typed.kind === 'author'} /> are
            by an author of this name <span class="note">people may share one</span>
          </label>
        </fieldset>
        <div class="field">
          <label for="text">Search, or name of the author</label>
          <input
            id="text"
            name="text"
            value={typed.text}
            maxlength={300}
            required
            {...problemAttributes('text', problems.text)}
          />
          <FieldProblem id="text" problem={problems.text} />
          <p class="note">
            “Phrases”, <code>-words</code>, <code>author:</code>, <code>cat:</code>,{' '}
            <code>has:code</code> and the others of <a href="/about/search">the search</a> hold here
            too.
          </p>
        </div>
        <div class="field">
          <label for="name">Name, as you call it</label>
          <input
            id="name"
            name="name"
            value={typed.name}
            maxlength={MAX_ALERT_NAME}
            placeholder="What it looks for"
            {...problemAttributes('name', problems.name)}
          />
          <FieldProblem id="name" problem={problems.name} />
        </div>
        <Ways view={view} />
        <p class="actions">
          <button type="submit" name="do" value="save" class="primary">
            {label}
          </button>{' '}
          <button type="submit" name="do" value="preview">
            Show what it would have found
          </button>
        </p>
      </form>
      {preview && <PreviewOf site={site} preview={preview} />}
    </>
  );
}

/** How it tells. */
function Ways({ view }: { view: AlertFormView }) {
  const { typed, address, digests, channels } = view;
  return (
    <fieldset>
      <legend>Tell me</legend>
      <label class="choice">
        <input type="checkbox" name="at-once" value="1" checked={typed.mailsAtOnce} /> by mail as
        soon as it finds some{' '}
        <span class="note">
          {address ? `to ${address}` : 'once the address of your account is confirmed'}
        </span>
      </label>
      <Choice id="digest" label="In a digest" chosen={typed.subscription} outlets={digests}>
        <a href="/settings/digests/new">Make a digest</a> to have it told there.
      </Choice>
      <Choice id="channel" label="In a channel" chosen={typed.channel} outlets={channels}>
        <a href="/settings/channels">Make a channel</a> to have it posted there.
      </Choice>
      <p class="note">
        What it finds stands on its page in any case, and a{' '}
        <a href="/settings/feeds">private feed</a> can bring it to a feed reader.
      </p>
    </fieldset>
  );
}

function Choice({
  id,
  label,
  chosen,
  outlets,
  children,
}: {
  id: string;
  label: string;
  chosen: string;
  outlets: Outlet[];
  children: unknown;
}) {
  if (outlets.length === 0) return <p class="note">{children}</p>;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={id}>
        <option value="">No</option>
        {outlets.map((outlet) => (
          <option value={outlet.id} selected={outlet.id === chosen}>
            {outlet.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function PreviewOf({ site, preview }: { site: Site; preview: Preview | 'unavailable' }) {
  if (preview === 'unavailable') {
    return (
      <p class="notice" role="status">
        What it would have found cannot be shown while the search index is being made. The alert
        works without it.
      </p>
    );
  }
  const { count, items } = preview;
  const some =
    count >= MAX_PREVIEWED ? `${MAX_PREVIEWED} papers and more` : counted(count, 'paper');
  return (
    <section class="alert-preview" aria-labelledby="preview">
      <h2 id="preview">The last {PREVIEWED_DAYS} days</h2>
      <p>
        {count === 0
          ? 'It would have told you of nothing: try fewer or other words.'
          : `It would have told you of ${some}${count > items.length ? ', first of all these:' : ':'}`}
      </p>
      <ul class="rows">
        {items.map(({ paper }) => (
          <li>
            <span>
              <a href={pathOfPaper(paper.id)}>{renderTexText(paper.title)}</a>{' '}
              <span class="note">
                {shortDate(paper.announcedOn ?? paper.publishedAt, site.today)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
