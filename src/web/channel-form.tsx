// Making and changing a channel.
import { type Channel, type ChannelKind, maskedTarget } from '../channels/channel.ts';
import {
  type ChannelProblems,
  MAX_CHANNEL_NAME,
  MAX_POST_PAPERS,
  type TypedChannel,
} from '../channels/parse-channel.ts';
import { MATCHED_BY, type MatchedBy } from '../search/search.ts';
import { type ChannelBase, ChannelFrame } from './channel-frame.tsx';
import { KIND_NAMES } from './channel-words.ts';
import type { Site } from './layout.tsx';
import { FieldProblem, problemAttributes, type Told } from './settings-layout.tsx';

type FieldName = keyof TypedChannel;

export function ChannelFormPage({
  site,
  base,
  kind,
  known,
  typed,
  problems,
  told,
}: {
  site: Site;
  base: ChannelBase;
  kind: ChannelKind;
  /** The channel that is changed; undefined for a new one. */
  known: Channel | undefined;
  typed: TypedChannel;
  problems: ChannelProblems;
  told: Told;
}) {
  const title = known ? `Change “${known.name}”` : `A new channel: ${KIND_NAMES[kind]}`;
  const action = known ? `${base}/${known.id}/edit` : `${base}/new?kind=${kind}`;
  const fields = { typed, problems };
  return (
    <ChannelFrame site={site} base={base} title={title} told={told}>
      <form method="post" action={action} class="stacked">
        <Text {...fields} name="name" label="Name, for yourself" max={MAX_CHANNEL_NAME} />
        <TargetFields {...fields} kind={kind} known={known} />
        <OccasionFields {...fields} />
        <FilterFields {...fields} />
        <button type="submit" class="primary">
          {known ? 'Save' : 'Make the channel'}
        </button>
      </form>
      <p>
        <a href={known ? `${base}/${known.id}` : base}>
          {known ? 'Back, without changes' : 'To the channels'}
        </a>
      </p>
    </ChannelFrame>
  );
}

type Fields = { typed: TypedChannel; problems: ChannelProblems };

function Text({
  typed,
  problems,
  name,
  label,
  max,
  type = 'text',
  placeholder,
}: Fields & {
  name: FieldName;
  label: string;
  max: number;
  type?: 'text' | 'url' | 'number';
  placeholder?: string;
}) {
  return (
    <>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={typed[name]}
        maxlength={type === 'number' ? undefined : max}
        min={type === 'number' ? 1 : undefined}
        max={type === 'number' ? max : undefined}
        placeholder={placeholder}
        autocomplete="off"
        {...problemAttributes(name, problems[name])}
      />
      <FieldProblem id={name} problem={problems[name]} />
    </>
  );
}

const HINTS: Record<ChannelKind, string> = {
  slack:
    'Slack gives it to an app with Incoming Webhooks (api.slack.com/apps), Mattermost under Integrations, Incoming Webhooks.',
  discord: 'Discord gives it under Edit Channel, Integrations, Webhooks, Copy Webhook URL.',
  telegram:
    'Write /newbot to @BotFather for the token. The bot must be a member of the chat, and in a channel an administrator.',
  webhook: 'It gets each post as JSON by POST, and answers with 2xx within ten seconds.',
};

const ADDRESS_LABELS: Record<Exclude<ChannelKind, 'telegram'>, [string, string]> = {
  slack: ['Address of the incoming webhook', 'https://hooks.slack.com/services/…'],
  discord: ['Address of the webhook', 'https://discord.com/api/webhooks/…'],
  webhook: ['Address that takes the posts', 'https://example.org/papers'],
};

function TargetFields({
  kind,
  known,
  ...fields
}: Fields & { kind: ChannelKind; known: Channel | undefined }) {
  const kept = known && (
    <p class="note">
      It is {maskedTarget(known.target)} now, and stays so when the field is left empty.
    </p>
  );
  if (kind === 'telegram') {
    return (
      <>
        <Text
          {...fields}
          name="token"
          label="Token of the bot"
          max={120}
          placeholder="123456789:AA…"
        />
        {kept}
        <Text
          {...fields}
          name="chatId"
          label="Chat"
          max={64}
          placeholder="-1001234567890 or @channel"
        />
        <p class="note">{HINTS[kind]}</p>
      </>
    );
  }
  const [label, placeholder] = ADDRESS_LABELS[kind];
  return (
    <>
      <Text {...fields} name="url" label={label} max={2_000} type="url" placeholder={placeholder} />
      <p class="note">{HINTS[kind]}</p>
      {kept}
      {kind === 'webhook' && !known && (
        <p class="note">
          Each post is signed with a secret, which is made for you and shown once after this.
        </p>
      )}
    </>
  );
}

function OccasionFields({ typed, problems }: Fields) {
  const fields = { typed, problems };
  return (
    <fieldset {...problemAttributes('trigger', problems.trigger)}>
      <legend>When</legend>
      <label class="choice">
        <input type="radio" name="trigger" value="day" checked={typed.trigger === 'day'} /> The best
        papers of a day, once the day has closed
      </label>
      <div class="part">
        <Text
          {...fields}
          name="papers"
          label={`How many at most, up to ${MAX_POST_PAPERS}`}
          max={MAX_POST_PAPERS}
          type="number"
        />
        <label for="hour">At</label>
        <select id="hour" name="hour" {...problemAttributes('hour', problems.hour)}>
          {Array.from({ length: 24 }, (_, hour) => (
            <option value={String(hour)} selected={typed.hour === String(hour)}>
              {`${String(hour).padStart(2, '0')}:00`}
            </option>
          ))}
        </select>
        <FieldProblem id="hour" problem={problems.hour} />
        <Text
          {...fields}
          name="timeZone"
          label="In the time zone"
          max={60}
          placeholder="Europe/Berlin"
        />
      </div>
      <label class="choice">
        <input type="radio" name="trigger" value="votes" checked={typed.trigger === 'votes'} /> A
        paper, as soon as it has enough votes
      </label>
      <div class="part">
        <Text {...fields} name="votes" label="How many votes" max={100_000} type="number" />
      </div>
      <FieldProblem id="trigger" problem={problems.trigger} />
    </fieldset>
  );
}

const MATCHED_BY_LABELS: Record<MatchedBy, string> = {
  either: 'by words or by meaning',
  words: 'by words: all of them must be there',
  meaning: 'by meaning',
};

function FilterFields({ typed, problems }: Fields) {
  return (
    <fieldset>
      <legend>Which papers</legend>
      <p class="note">Those of any of these; every paper where all are left empty.</p>
      <Text
        typed={typed}
        problems={problems}
        name="categories"
        label="Categories"
        max={400}
        placeholder="cs.CL cs.LG"
      />
      <Lines typed={typed} problems={problems} name="authors" label="Authors, one on each line" />
      <Lines typed={typed} problems={problems} name="searches" label="Searches, one on each line" />
      <label for="matchedBy">Searches match</label>
      <select id="matchedBy" name="matchedBy">
        {(['either', ...MATCHED_BY.filter((by) => by !== 'either')] as const).map((by) => (
          <option value={by} selected={by === typed.matchedBy}>
            {MATCHED_BY_LABELS[by]}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

function Lines({
  typed,
  problems,
  name,
  label,
}: Fields & { name: 'authors' | 'searches'; label: string }) {
  return (
    <>
      <label for={name}>{label}</label>
      <textarea
        id={name}
        name={name}
        rows={3}
        maxlength={4_000}
        {...problemAttributes(name, problems[name])}
      >
        {typed[name]}
      </textarea>
      <FieldProblem id={name} problem={problems[name]} />
    </>
  );
}
