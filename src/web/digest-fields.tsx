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
import { MATCHED_BY } from '../search/search.ts';
import { CADENCE_IN_WORDS, hourInWords } from './digest-in-words.ts';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';

const EMPTY_SEARCHES = 2;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WAYS = { words: 'by words', meaning: 'by meaning', either: 'by words or meaning' };

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
  const attributes = (field: WishField) => problemAttributes(field, problems[field]);
  return (
    <>
      {hasName && (
        <Field id="name" label="Name, as you call it" problem={problems.name}>
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
        <legend>How often</legend>
        {CADENCES.map((cadence) => (
          <label class="choice">
            <input
              type="radio"
              name="cadence"
              value={cadence}
              checked={typed.cadence === cadence}
              required
            />{' '}
            {CADENCE_IN_WORDS[cadence]}
          </label>
        ))}
        <FieldProblem id="cadence" problem={problems.cadence} />
      </fieldset>
      <TopicFields view={view} />
      <Field id="papers" label="How many papers at most" problem={problems.papers}>
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
      <Field id="hour" label="At what hour" problem={problems.hour}>
        <select id="hour" name="hour" {...attributes('hour')}>
          {HOURS.map((hour) => (
            <option value={hour} selected={typed.hour === String(hour)}>
              {hourInWords(hour)}
            </option>
          ))}
        </select>
      </Field>
      <Field id="time-zone" label="In the time zone of" problem={problems.timeZone}>
        <select
          id="time-zone"
          name="time-zone"
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
      <Field id="language" label="Language of dates" problem={problems.language}>
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
  const box = (key: string, label: string) => (
    <label class="choice">
      <input type="checkbox" name="topic" value={key} checked={typed.topics.includes(key)} />{' '}
      {label}
    </label>
  );
  return (
    <fieldset {...problemAttributes('topics', problems.topics)}>
      <legend>What comes</legend>
      {box('trending', 'Trending papers')}
      {box('list', 'The day’s list')}
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
  const searches = typed.searches.filter(({ query }) => query !== '');
  const rows = Math.min(MAX_TOPICS, searches.length + EMPTY_SEARCHES);
  const isOpen =
    typed.categories + typed.authors !== '' ||
    searches.length > 0 ||
    [problems.categories, problems.authors, problems.searches].some(Boolean);
  return (
    <details open={isOpen}>
      <summary>Other categories, authors, searches</summary>
      <Field
        id="categories"
        label="Other categories, separated by commas"
        problem={problems.categories}
      >
        <input
          id="categories"
          name="categories"
          value={typed.categories}
          placeholder="quant-ph, math.ST"
          {...problemAttributes('categories', problems.categories)}
        />
      </Field>
      <Field id="authors" label="Authors, one name a line" problem={problems.authors}>
        <textarea id="authors" name="authors" {...problemAttributes('authors', problems.authors)}>
          {typed.authors}
        </textarea>
      </Field>
      <fieldset {...problemAttributes('searches', problems.searches)}>
        <legend>Searches</legend>
        {Array.from({ length: rows }, (_, place) => (
          <div class="inline">
            <input
              name="query"
              value={searches[place]?.query}
              maxlength={300}
              aria-label={`Search ${place + 1}`}
            />
            <select name="by" aria-label={`How search ${place + 1} finds papers`}>
              {MATCHED_BY.map((way) => (
                <option value={way} selected={(searches[place]?.by ?? 'either') === way}>
                  {WAYS[way]}
                </option>
              ))}
            </select>
          </div>
        ))}
        <FieldProblem id="searches" problem={problems.searches} />
      </fieldset>
      <p class="note">{MAX_TOPICS} things at most, all together.</p>
    </details>
  );
}
