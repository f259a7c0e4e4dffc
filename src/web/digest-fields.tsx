// The fields of a digest, alike for visitors and members.
import type { Child } from 'hono/jsx';
import { dateLanguages } from '../digests/date-languages.ts';
import {
  MAX_DIGEST_NAME,
  MAX_PAPERS,
  MAX_TOPICS,
  type TypedWish,
  type WishField,
  type WishProblems,
} from '../digests/parse-wish.ts';
import { CADENCES } from '../digests/subscription.ts';
import { timeZones } from '../digests/time-zones.ts';
import { words } from '../language/words.ts';
import { MATCHED_BY } from '../search/search.ts';
import { cadenceInWords, hourInWords } from './digest-in-words.ts';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';

const EMPTY_SEARCHES = 2;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export type DigestFieldsView = {
  typed: TypedWish;
  problems?: WishProblems;
  /** Categories that get a box each. */
  categories: readonly string[];
  /** Members name theirs, to tell them apart. */
  hasName: boolean;
  /** Nobody chose the zone yet, so the browser's may go in. */
  isNew: boolean;
};

export function DigestFields({ view }: { view: DigestFieldsView }) {
  const { typed, problems = {}, hasName, isNew } = view;
  const texts = words.digests.fields;
  const attributes = (field: WishField) => problemAttributes(field, problems[field]);
  return (
    <>
      {hasName && (
        <Field id="name" label={texts.name} problem={problems.name}>
          <input
            id="name"
            name="name"
            value={typed.name}
            maxlength={MAX_DIGEST_NAME}
            {...attributes('name')}
          />
        </Field>
      )}
      <fieldset {...attributes('cadence')}>
        <legend>{texts.cadence}</legend>
        {CADENCES.map((cadence) => (
          <label class="choice">
            <input
              type="radio"
              name="cadence"
              value={cadence}
              checked={typed.cadence === cadence}
              required
            />{' '}
            {cadenceInWords(cadence)}
          </label>
        ))}
        <FieldProblem id="cadence" problem={problems.cadence} />
      </fieldset>
      <TopicFields view={view} />
      <Field id="papers" label={texts.papers} problem={problems.papers}>
        <input
          id="papers"
          name="papers"
          type="number"
          min={1}
          max={MAX_PAPERS}
          value={typed.papers}
          required
          {...attributes('papers')}
        />
      </Field>
      <Field id="hour" label={texts.hour} problem={problems.hour}>
        <select id="hour" name="hour" {...attributes('hour')}>
          {HOURS.map((hour) => (
            <option value={hour} selected={typed.hour === String(hour)}>
              {hourInWords(hour)}
            </option>
          ))}
        </select>
      </Field>
      <Field id="time-zone" label={texts.timeZone} problem={problems.timeZone}>
        <select
          id="time-zone"
          name="time-zone"
          translate="no"
          data-time-zone={isNew ? '' : undefined}
          {...problemAttributes('time-zone', problems.timeZone)}
        >
          {timeZones().map((zone) => (
            <option value={zone} selected={zone === typed.timeZone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </Field>
      <Field id="language" label={texts.language} problem={problems.language}>
        <select id="language" name="language" {...attributes('language')}>
          {dateLanguages().map(({ tag, name }) => (
            <option value={tag} selected={tag === typed.language}>
              {name}
            </option>
          ))}
        </select>
      </Field>
    </>
  );
}

function Field({
  id,
  label,
  problem,
  children,
}: {
  id: string;
  label: string;
  problem: string | undefined;
  children: Child;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      <FieldProblem id={id} problem={problem} />
    </div>
  );
}

function TopicFields({ view }: { view: DigestFieldsView }) {
  const { typed, problems = {}, categories } = view;
  const texts = words.digests.fields;
  const box = (key: string, label: string) => (
    <label class="choice">
      <input type="checkbox" name="topic" value={key} checked={typed.topics.includes(key)} />{' '}
      {label}
    </label>
  );
  return (
    <fieldset {...problemAttributes('topics', problems.topics)}>
      <legend>{texts.topics}</legend>
      {box('trending', words.topics.trending)}
      {box('list', words.topics.list)}
      {categories.length > 0 && (
        <div class="boxes">
          {categories.map((category) => box(`category:${category}`, category))}
        </div>
      )}
      <FieldProblem id="topics" problem={problems.topics} />
      <MoreTopics view={view} />
    </fieldset>
  );
}

function MoreTopics({ view: { typed, problems = {} } }: { view: DigestFieldsView }) {
  const texts = words.digests.fields;
  const searches = typed.searches.filter(({ query }) => query !== '');
  const rows = Math.min(MAX_TOPICS, searches.length + EMPTY_SEARCHES);
  const isOpen =
    typed.categories + typed.authors !== '' ||
    searches.length > 0 ||
    [problems.categories, problems.authors, problems.searches].some(Boolean);
  return (
    <details open={isOpen}>
      <summary>{texts.more}</summary>
      <Field id="categories" label={texts.categories} problem={problems.categories}>
        <input
          id="categories"
          name="categories"
          value={typed.categories}
          placeholder="quant-ph, math.ST"
          {...problemAttributes('categories', problems.categories)}
        />
      </Field>
      <Field id="authors" label={texts.authors} problem={problems.authors}>
        <textarea id="authors" name="authors" {...problemAttributes('authors', problems.authors)}>
          {typed.authors}
        </textarea>
      </Field>
      <fieldset {...problemAttributes('searches', problems.searches)}>
        <legend>{texts.searches}</legend>
        {Array.from({ length: rows }, (_, place) => (
          <div class="inline">
            <input
              name="query"
              value={searches[place]?.query}
              maxlength={300}
              aria-label={texts.search(place + 1)}
            />
            <select name="by" aria-label={texts.searchWay(place + 1)}>
              {MATCHED_BY.map((way) => (
                <option value={way} selected={(searches[place]?.by ?? 'either') === way}>
                  {texts.ways[way]}
                </option>
              ))}
            </select>
          </div>
        ))}
        <FieldProblem id="searches" problem={problems.searches} />
      </fieldset>
      <p class="note">{texts.most(MAX_TOPICS)}</p>
    </details>
  );
}
