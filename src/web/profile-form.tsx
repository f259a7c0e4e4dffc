import { words } from '../language/words.ts';
import {
  MAX_ABOUT,
  MAX_AFFILIATION,
  MAX_LINK,
  MAX_LINKS,
  MAX_NAME,
  type ProfileProblems,
  type TypedProfile,
} from '../people/profile.ts';
import type { Site } from './layout.tsx';
import { FieldProblem, problemAttributes, SettingsPage, type Told } from './settings-layout.tsx';

export function ProfileSettings({
  site,
  handle,
  typed,
  problems = {},
  told,
  isWelcome = false,
}: {
  site: Site;
  /** What it is now, whatever was typed. */
  handle: string;
  typed: TypedProfile;
  problems?: ProfileProblems;
  told: Told;
  /** The account was made a moment ago. */
  isWelcome?: boolean;
}) {
  const { profile, save } = words.settings;
  const field = (name: 'name' | 'handle' | 'affiliation' | 'orcid', label: string, max: number) => (
    <>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        value={typed[name]}
        maxlength={max}
        {...problemAttributes(name, problems[name])}
      />
      <FieldProblem id={name} problem={problems[name]} />
    </>
  );
  const shown = Math.min(MAX_LINKS, Math.max(2, typed.links.length + 1));
  return (
    <SettingsPage site={site} title={profile.title} path="/settings/profile" told={told}>
      {isWelcome && (
        <p class="notice" role="status">
          {profile.welcome(site.name, (text) => (
            <a href="/">{text}</a>
          ))}
        </p>
      )}
      <form method="post" action="/settings/profile" class="stacked">
        {field('name', profile.name, MAX_NAME)}
        {field('handle', profile.handle, 31)}
        <p class="note">{profile.handleNote(site.url, handle)}</p>
        {field('affiliation', profile.affiliation, MAX_AFFILIATION)}
        <label for="about">{profile.about}</label>
        <textarea
          id="about"
          name="about"
          maxlength={MAX_ABOUT}
          {...problemAttributes('about', problems.about)}
        >
          {typed.about}
        </textarea>
        <FieldProblem id="about" problem={problems.about} />
        {field('orcid', profile.orcid, 60)}
        <fieldset {...problemAttributes('links', problems.links)}>
          <legend>{profile.links(MAX_LINKS)}</legend>
          {Array.from({ length: shown }, (_, place) => (
            <input
              name="links"
              type="url"
              aria-label={profile.link(place + 1)}
              placeholder="https://"
              value={typed.links[place]}
              maxlength={MAX_LINK}
            />
          ))}
          <FieldProblem id="links" problem={problems.links} />
        </fieldset>
        <fieldset>
          <legend>{profile.privacy}</legend>
          <label class="choice">
            <input type="checkbox" name="public-votes" value="1" checked={typed.hasPublicVotes} />{' '}
            {profile.publicVotes}
          </label>
          <p class="note">{profile.publicVotesNote}</p>
        </fieldset>
        <button type="submit" class="primary">
          {save}
        </button>
      </form>
    </SettingsPage>
  );
}
