// Making and changing a channel.
import { type Channel, type ChannelKind, maskedTarget } from '../channels/channel.ts';
import {
  type ChannelProblems,
  MAX_CHANNEL_NAME,
  MAX_POST_PAPERS,
  type TypedChannel,
} from '../channels/parse-channel.ts';
import { words } from '../language/words.ts';
import { MATCHED_BY } from '../search/search.ts';
import { type ChannelBase, ChannelFrame } from './channel-frame.tsx';
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
  const { form, kinds } = words.channels;
  const title = known ? form.changeTitle(known.name) : form.newTitle(kinds[kind]);
  const action = known ? `${base}/${known.id}/edit` : `${base}/new?kind=${kind}`;
  const fields = { typed, problems };
  return (
    <ChannelFrame site={site} base={base} title={title} told={told}>
      <form method="post" action={action} class="stacked">
        <Text {...fields} name="name" label={form.name} max={MAX_CHANNEL_NAME} />
        <TargetFields {...fields} kind={kind} known={known} />
        <OccasionFields {...fields} />
        <FilterFields {...fields} />
        <button type="submit" class="primary">
          {known ? form.save : form.make}
        </button>
      </form>
      <p>
        <a href={known ? `${base}/${known.id}` : base}>{known ? form.back : form.toChannels}</a>
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

const SUCH_AS: Record<Exclude<ChannelKind, 'telegram'>, string> = {
  slack: 'https://hooks.slack.com/services/…',
  discord: 'https://discord.com/api/webhooks/…',
  webhook: 'https://example.org/papers',
};

function TargetFields({
  kind,
  known,
  ...fields
}: Fields & { kind: ChannelKind; known: Channel | undefined }) {
  const { form } = words.channels;
  const kept = known && <p class="note">{form.kept(maskedTarget(known.target))}</p>;
  if (kind === 'telegram') {
    return (
      <>
        <Text {...fields} name="token" label={form.token} max={120} placeholder="123456789:AA…" />
        {kept}
        <Text
          {...fields}
          name="chatId"
          label={form.chat}
          max={64}
          placeholder={form.chatPlaceholder}
        />
        <p class="note">{form.hints[kind]}</p>
      </>
    );
  }
  return (
    <>
      <Text
        {...fields}
        name="url"
        label={form.addresses[kind]}
        max={2_000}
        type="url"
        placeholder={SUCH_AS[kind]}
      />
      <p class="note">{form.hints[kind]}</p>
      {kept}
      {kind === 'webhook' && !known && <p class="note">{form.isSigned}</p>}
    </>
  );
}

function OccasionFields({ typed, problems }: Fields) {
  const fields = { typed, problems };
  const { form } = words.channels;
  return (
    <fieldset {...problemAttributes('trigger', problems.trigger)}>
      <legend>{form.when}</legend>
      <label class="choice">
        <input type="radio" name="trigger" value="day" checked={typed.trigger === 'day'} />{' '}
        {form.onDay}
      </label>
      <div class="part">
        <Text
          {...fields}
          name="papers"
          label={form.papers(MAX_POST_PAPERS)}
          max={MAX_POST_PAPERS}
          type="number"
        />
        <label for="hour">{form.hour}</label>
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
          label={form.timeZone}
          max={60}
          placeholder="Europe/Berlin"
        />
      </div>
      <label class="choice">
        <input type="radio" name="trigger" value="votes" checked={typed.trigger === 'votes'} />{' '}
        {form.onVotes}
      </label>
      <div class="part">
        <Text {...fields} name="votes" label={form.votes} max={100_000} type="number" />
      </div>
      <FieldProblem id="trigger" problem={problems.trigger} />
    </fieldset>
  );
}

function FilterFields({ typed, problems }: Fields) {
  const { form } = words.channels;
  return (
    <fieldset>
      <legend>{form.which}</legend>
      <p class="note">{form.whichNote}</p>
      <Text
        typed={typed}
        problems={problems}
        name="categories"
        label={form.categories}
        max={400}
        placeholder="cs.CL cs.LG"
      />
      <Lines typed={typed} problems={problems} name="authors" label={form.authors} />
      <Lines typed={typed} problems={problems} name="searches" label={form.searches} />
      <label for="matchedBy">{form.matchedBy}</label>
      <select id="matchedBy" name="matchedBy">
        {(['either', ...MATCHED_BY.filter((by) => by !== 'either')] as const).map((by) => (
          <option value={by} selected={by === typed.matchedBy}>
            {form.matchedByWays[by]}
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
