// The fields of the settings that administrators save, each by its kind in src/config/settings.ts.
import type { Child } from 'hono/jsx';
import { SAVED_SETTINGS, type SavedSettingName, SETTINGS } from '../config/settings.ts';
import { timeZones } from '../digests/time-zones.ts';
import { words } from '../language/words.ts';
import { hidePassword } from '../settings/check-settings.ts';
import { CATEGORY_GROUPS } from '../sources/arxiv/category-list.ts';
import { FieldProblem } from './settings-layout.tsx';

export type SettingView = {
  name: SavedSettingName;
  /** As it was typed, or as it is. */
  text: string;
  /** Completes a sentence that begins with the setting. */
  problem: string | undefined;
  /** The environment says it. */
  isFixed: boolean;
  /** What holds while nothing is typed, where that is made of other settings. */
  fallback: string;
  /** Said below it, beside its own hint. */
  more?: Child;
};

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** In the form and in the addresses of its parts: `joining-domains`. */
export function fieldOf(name: SavedSettingName): string {
  return name.slice('BROADSHEET_'.length).toLowerCase().replaceAll('_', '-');
}

/** Of the field for categories that no box is for. */
export const OTHER_CATEGORIES = 'other-categories';

export function SettingField({ view }: { view: SettingView }) {
  const { name, problem, isFixed, more } = view;
  const { fields, fixed, problem: inWords } = words.firstRun;
  const { label = name, hint } = fields[name] ?? {};
  const id = fieldOf(name);
  const { field } = SAVED_SETTINGS[name];
  if (isFixed) {
    return (
      <div class="setting" id={id}>
        <p class="label">{label}</p>
        <p class="fixed">{shown(view)}</p>
        <p class="note">{fixed(name)}</p>
      </div>
    );
  }
  const notes = [
    ...(hint ? [{ id: `${id}-hint`, text: hint as Child }] : []),
    ...(more ? [{ id: `${id}-more`, text: more }] : []),
  ];
  const described = [...(problem ? [`${id}-problem`] : []), ...notes.map((note) => note.id)];
  const attributes = {
    ...(problem ? { 'aria-invalid': 'true' as const } : {}),
    ...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {}),
  };
  const below = (
    <>
      <FieldProblem id={id} problem={problem && inWords(problem)} />
      {notes.map((note) => (
        <p class="note" id={note.id}>
          {note.text}
        </p>
      ))}
    </>
  );
  if (field === 'categories' || typeof field === 'object') {
    return (
      <fieldset class="setting" id={id} {...attributes}>
        <legend>{label}</legend>
        {field === 'categories' ? <Categories view={view} /> : <Choices view={view} id={id} />}
        {below}
      </fieldset>
    );
  }
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      <Control view={view} id={id} attributes={attributes} />
      {below}
    </div>
  );
}

/** What the environment says, in words where there are some. */
function shown({ name, text }: SettingView): string {
  const { fields, unset } = words.firstRun;
  if (text === '') return unset;
  if (SAVED_SETTINGS[name].field === 'secret') return hidePassword(text);
  // A flag may be written in other ways than its choices are.
  const choice = String(SETTINGS[name].parse(text));
  return fields[name]?.choices?.[choice] ?? text;
}

function Control({
  view: { name, text, fallback },
  id,
  attributes,
}: {
  view: SettingView;
  id: string;
  attributes: object;
}) {
  const { field } = SAVED_SETTINGS[name];
  switch (field) {
    case 'hour':
      return (
        <select id={id} name={id} {...attributes}>
          {HOURS.map((hour) => (
            <option value={hour} selected={text === String(hour)}>
              {String(hour).padStart(2, '0')}:00
            </option>
          ))}
        </select>
      );
    case 'time zone':
      return (
        <select id={id} name={id} translate="no" {...attributes}>
          {[...new Set([text, ...timeZones()])].map((zone) => (
            <option value={zone} selected={zone === text}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      );
    case 'lines':
      return (
        <textarea id={id} name={id} rows={12} {...attributes}>
          {`\n${text === '' ? fallback : text}`}
        </textarea>
      );
    default:
      return (
        <input
          id={id}
          name={id}
          value={field === 'secret' ? hidePassword(text) : text}
          placeholder={fallback || undefined}
          maxlength={1_000}
          autocomplete="off"
          spellcheck={false}
          {...attributes}
        />
      );
  }
}

function Choices({ view: { name, text }, id }: { view: SettingView; id: string }) {
  const { field } = SAVED_SETTINGS[name];
  const choices = typeof field === 'object' ? field.choices : [];
  return (
    <>
      {choices.map((choice) => (
        <label class="choice">
          <input type="radio" name={id} value={choice} checked={text === choice} />{' '}
          {words.firstRun.fields[name]?.choices?.[choice] ?? choice}
        </label>
      ))}
    </>
  );
}

function Categories({ view: { name, text } }: { view: SettingView }) {
  const { chosen, otherCategories } = words.firstRun;
  const asked = new Set(wordsOf(text));
  const known = new Set(CATEGORY_GROUPS.flatMap(({ categories }) => categories.map(([id]) => id)));
  const others = [...asked].filter((one) => !known.has(one));
  return (
    <>
      {CATEGORY_GROUPS.map((group) => {
        const count = group.categories.filter(([id]) => asked.has(id)).length;
        return (
          <details open={count > 0}>
            <summary>
              <span lang="en">{group.name}</span>
              {count > 0 && <span class="note"> {chosen(count)}</span>}
            </summary>
            <div class="categories">
              {group.categories.map(([id, label]) => (
                <label class="choice">
                  <input type="checkbox" name={fieldOf(name)} value={id} checked={asked.has(id)} />{' '}
                  <span lang="en">{label}</span>{' '}
                  <span class="note" translate="no">
                    {id}
                  </span>
                </label>
              ))}
            </div>
          </details>
        );
      })}
      <label for={OTHER_CATEGORIES}>{otherCategories}</label>
      <input
        id={OTHER_CATEGORIES}
        name={OTHER_CATEGORIES}
        value={others.join(' ')}
        maxlength={500}
        spellcheck={false}
      />
    </>
  );
}

export function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/** The text that the definition has where nobody says anything. */
export function defaultOf(name: SavedSettingName): string {
  return SETTINGS[name].default;
}
