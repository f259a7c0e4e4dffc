// The form of an alert, and what it would have told of.

import { type AlertProblems, MAX_ALERT_NAME, type TypedAlert } from '../alerts/parse-alert.ts';
import { MAX_PREVIEWED, PREVIEWED_DAYS, type Preview } from '../alerts/preview-alert.ts';
import { renderTexText } from '../base/tex/tex.ts';
import { shortDate } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { MATCHED_BY } from '../search/search.ts';
import type { Site } from './layout.tsx';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';

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
  const { form } = words.alerts;
  const { ways } = form;
  return (
    <>
      <form method="post" action={action} class="stacked alert-form">
        <fieldset>
          <legend>{form.papersThat}</legend>
          {MATCHED_BY.map((by) => (
            <label class="choice">
              <input
                type="radio"
                name="what"
                value={by}
                checked={typed.kind !== 'author' && typed.by === by}
                required
              />{' '}
              {ways[by].that} <span class="note">{ways[by].note}</span>
            </label>
          ))}
          <label class="choice">
            <input type="radio" name="what" value="author" checked={typed.kind === 'author'} />{' '}
            {ways.author.that} <span class="note">{ways.author.note}</span>
          </label>
        </fieldset>
        <div class="field">
          <label for="text">{form.text}</label>
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
            {form.textNote((text) => (
              <a href="/about/search">{text}</a>
            ))}
          </p>
        </div>
        <div class="field">
          <label for="name">{form.name}</label>
          <input
            id="name"
            name="name"
            value={typed.name}
            maxlength={MAX_ALERT_NAME}
            placeholder={form.namePlaceholder}
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
            {form.preview}
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
  const { form } = words.alerts;
  return (
    <fieldset>
      <legend>{form.tellMe}</legend>
      <label class="choice">
        <input type="checkbox" name="at-once" value="1" checked={typed.mailsAtOnce} /> {form.byMail}{' '}
        <span class="note">{address ? form.mailTo(address) : form.mailLater}</span>
      </label>
      <Choice id="digest" label={form.inDigest} chosen={typed.subscription} outlets={digests}>
        {form.makeDigest((text) => (
          <a href="/settings/digests/new">{text}</a>
        ))}
      </Choice>
      <Choice id="channel" label={form.inChannel} chosen={typed.channel} outlets={channels}>
        {form.makeChannel((text) => (
          <a href="/settings/channels">{text}</a>
        ))}
      </Choice>
      <p class="note">
        {form.inAnyCase((text) => (
          <a href="/settings/feeds">{text}</a>
        ))}
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
        <option value="">{words.alerts.form.nowhere}</option>
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
  const inWords = words.alerts.preview;
  if (preview === 'unavailable') {
    return (
      <p class="notice" role="status">
        {inWords.unavailable}
      </p>
    );
  }
  const { count, items } = preview;
  const isMore = count >= MAX_PREVIEWED;
  const areSome = count > items.length;
  return (
    <section class="alert-preview" aria-labelledby="preview">
      <h2 id="preview">{inWords.title(PREVIEWED_DAYS)}</h2>
      <p>
        {count === 0
          ? inWords.nothing
          : inWords.some(isMore ? MAX_PREVIEWED : count, { isMore, areSome })}
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
