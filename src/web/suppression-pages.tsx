// Addresses that get no issues, for administrators.
import type { Suppression } from '../digests/suppressions.ts';
import { words } from '../language/words.ts';
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
  /** What is looked for. */
  asked: string;
  /** Of the next page. */
  before: string | undefined;
  isFirst: boolean;
  /** What was typed to add an address, and what is wrong with it. */
  typed: { email: string; why: string; problem?: string | undefined };
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
  const { items, asked, before, isFirst } = view;
  const texts = words.mailAdmin.suppressions;
  const next = new URLSearchParams({ q: asked, before: before ?? '' });
  return (
    <AccountPage
      site={site}
      title={texts.title}
      path={SUPPRESSIONS_PATH}
      told={told}
      nav={<AdminNav current="/admin/mail" />}
    >
      <p>
        {texts.about((text) => (
          <a href="/admin/mail">{text}</a>
        ))}
      </p>
      <form action={SUPPRESSIONS_PATH} class="inline">
        <input
          type="search"
          name="q"
          value={asked}
          aria-label={texts.address}
          placeholder={texts.findPlaceholder}
          maxlength={254}
        />
        <button type="submit">{texts.find}</button>
      </form>
      {items.length === 0 && (
        <p class="empty">
          {!isFirst ? texts.nothingEarlier : asked === '' ? texts.none : texts.noneFound(asked)}
        </p>
      )}
      <ul class="rows suppressions">
        {items.map((item) => (
          <Row item={item} asked={asked} />
        ))}
      </ul>
      {before && (
        <p class="pages">
          <a rel="next" href={`${SUPPRESSIONS_PATH}?${next}`}>
            {texts.earlier}
          </a>
        </p>
      )}
      <h2>{texts.add}</h2>
      <AddForm typed={view.typed} />
    </AccountPage>
  );
}

function Row({ item, asked }: { item: Suppression; asked: string }) {
  const { deleted, since, reasons, lift, liftLabel } = words.mailAdmin.suppressions;
  const name = item.email ?? deleted;
  return (
    <li>
      <span>
        <span class="address">{name}</span>
        <br />
        <span class="note">
          {since(reasons[item.reason], <When at={item.since} />, item.detail)}
        </span>
      </span>
      <form method="post" action={`${SUPPRESSIONS_PATH}/lift`} class="inline">
        <input type="hidden" name="key" value={item.key} />
        <input type="hidden" name="q" value={asked} />
        <button type="submit" aria-label={liftLabel(name)}>
          {lift}
        </button>
      </form>
    </li>
  );
}

function AddForm({ typed }: { typed: SuppressionsView['typed'] }) {
  const { address, why, suppress } = words.mailAdmin.suppressions;
  return (
    <form method="post" action={SUPPRESSIONS_PATH} class="stacked">
      <label for="email">{address}</label>
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
      <label for="why">{why}</label>
      <input type="text" id="why" name="why" value={typed.why} maxlength={300} />
      <button type="submit" class="primary">
        {suppress}
      </button>
    </form>
  );
}
