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
    <SettingsPage site={site} title="Your profile" path="/settings/profile" told={told}>
      {isWelcome && (
        <p class="notice" role="status">
          Welcome to {site.name}. This is how others see you; choose a name and a handle, or leave
          it <a href="/">and go on reading</a>.
        </p>
      )}
      <form method="post" action="/settings/profile" class="stacked">
        {field('name', 'Name', MAX_NAME)}
        {field('handle', 'Handle', 31)}
        <p class="note">
          Your page is {site.url}/people/{handle}, and others mention you as @{handle}. When you
          change it, the old address leads nowhere.
        </p>
        {field('affiliation', 'Affiliation', MAX_AFFILIATION)}
        <label for="about">About you</label>
        <textarea
          id="about"
          name="about"
          maxlength={MAX_ABOUT}
          {...problemAttributes('about', problems.about)}
        >
          {typed.about}
        </textarea>
        <FieldProblem id="about" problem={problems.about} />
        {field('orcid', 'ORCID iD', 60)}
        <fieldset {...problemAttributes('links', problems.links)}>
          <legend>Links, {MAX_LINKS} at most</legend>
          {Array.from({ length: shown }, (_, place) => (
            <input
              name="links"
              type="url"
              aria-label={`Link ${place + 1}`}
              placeholder="https://"
              value={typed.links[place]}
              maxlength={MAX_LINK}
            />
          ))}
          <FieldProblem id="links" problem={problems.links} />
        </fieldset>
        <fieldset>
          <legend>Privacy</legend>
          <label class="choice">
            <input type="checkbox" name="public-votes" value="1" checked={typed.hasPublicVotes} />{' '}
            Show others what I vote for
          </label>
          <p class="note">
            Without it your votes count as before, and your name is not among those who voted.
          </p>
        </fieldset>
        <button type="submit" class="primary">
          Save
        </button>
      </form>
    </SettingsPage>
  );
}
