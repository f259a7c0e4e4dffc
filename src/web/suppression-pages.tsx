// Addresses that get no issues, for administrators.
import type { Suppression } from '../digests/suppressions.ts';
import { AdminNav } from './admin-pages.tsx';
import type { Site } from './layout.tsx';
import {
  AccountPage,
  FieldProblem,
  problemAttributes,
  type Told,
  When,
} from './settings-layout.tsx';

export const SUPPRESSIONS_PATH = '/admin/mail/suppressions';

export type SuppressionsView = {
  items: Suppression[];
  words: string;
  /** Of the next page. */
  before: string | undefined;
  isFirst: boolean;
  /** What was typed to add an address, and what is wrong with it. */
  typed: { email: string; why: string; problem?: string | undefined };
};

const REASONS: Record<Suppression['reason'], string> = {
  'hard bounce': 'there is no such mailbox',
  'soft bounces': 'five mails in a row came back',
  complaint: 'a mail was called spam',
  'by hand': 'by an administrator',
};

export function SuppressionsPage({
  site,
  view,
  told,
}: {
  site: Site;
  view: SuppressionsView;
  told: Told;
}) {
  const { items, words, before } = view;
  const next = new URLSearchParams({ q: words, before: before ?? '' });
  return (
    <AccountPage
      site={site}
      title="Suppressed addresses"
      path={SUPPRESSIONS_PATH}
      told={told}
      nav={<AdminNav current="/admin/mail" />}
    >
      <p>
        No digest and no alert goes to these addresses; links to sign in do. Whoever confirms a
        digest takes their own address off, unless an administrator put it here. Times are UTC.{' '}
        <a href="/admin/mail">How digests fare</a>
      </p>
      <form action={SUPPRESSIONS_PATH} class="inline">
        <input
          type="search"
          name="q"
          value={words}
          aria-label="Address"
          placeholder="Address, or a part of it"
          maxlength={254}
        />
        <button type="submit">Find</button>
      </form>
      {items.length === 0 && (
        <p class="empty">{view.isFirst ? 'No address is suppressed.' : 'Nothing earlier.'}</p>
      )}
      <ul class="rows suppressions">
        {items.map((item) => (
          <Row item={item} words={words} />
        ))}
      </ul>
      {before && (
        <p class="pages">
          <a rel="next" href={`${SUPPRESSIONS_PATH}?${next}`}>
            Earlier
          </a>
        </p>
      )}
      <h2>Suppress an address</h2>
      <AddForm typed={view.typed} />
    </AccountPage>
  );
}

function Row({ item, words }: { item: Suppression; words: string }) {
  const name = item.email ?? 'An address of an account that was deleted';
  return (
    <li>
      <span>
        <span class="address">{name}</span>
        <br />
        <span class="note">
          {REASONS[item.reason]}, <When at={item.since} />
          {item.detail !== '' && `: ${item.detail}`}
        </span>
      </span>
      <form method="post" action={`${SUPPRESSIONS_PATH}/lift`} class="inline">
        <input type="hidden" name="key" value={item.key} />
        <input type="hidden" name="q" value={words} />
        <button type="submit" aria-label={`Lift the suppression of ${name}`}>
          Lift
        </button>
      </form>
    </li>
  );
}

function AddForm({ typed }: { typed: SuppressionsView['typed'] }) {
  return (
    <form method="post" action={SUPPRESSIONS_PATH} class="stacked">
      <label for="email">Address</label>
      <input
        type="email"
        id="email"
        name="email"
        value={typed.email}
        maxlength={254}
        required
        {...problemAttributes('email', typed.problem)}
      />
      <FieldProblem id="email" problem={typed.problem} />
      <label for="why">Why, for other administrators</label>
      <input type="text" id="why" name="why" value={typed.why} maxlength={300} />
      <button type="submit">Suppress</button>
    </form>
  );
}
