import type { Config } from '../config.ts';
import { words } from '../language/words.ts';
import {
  type InvitationTree,
  MAX_TREE_PEOPLE,
  type TreePerson,
} from '../people/invitation-tree.ts';
import { INVITATION_DAYS, type Invitation, MAX_INVITATION_NOTE } from '../people/joining.ts';
import type { PublicPerson } from '../people/person.ts';
import type { Site } from './layout.tsx';
import {
  AccountPage,
  FieldProblem,
  problemAttributes,
  type Told,
  When,
} from './settings-layout.tsx';

export type InvitationsView = {
  joining: Config['people']['joining'];
  invitations: Invitation[];
  people: Map<string, PublicPerson>;
  now: string;
  note: string;
  noteProblem: string | undefined;
  /** Just made; shown once. */
  made?: string | undefined;
  maySeeTree: boolean;
};

export function InvitationsPage({
  site,
  view,
  told,
}: {
  site: Site;
  view: InvitationsView;
  told: Told;
}) {
  const { invitations, made } = view;
  const texts = words.people.invitations;
  return (
    <AccountPage site={site} title={texts.title} path="/invitations" told={told}>
      <p>{texts.use[view.joining]}</p>
      {made && (
        <div class="notice" role="status">
          <p>{texts.made}</p>
          <p>
            <code class="once">{made}</code>
          </p>
        </div>
      )}
      {view.joining !== 'closed' && (
        <form method="post" action="/invitations" class="stacked">
          <label for="note">{texts.note}</label>
          <input
            id="note"
            name="note"
            value={view.note}
            maxlength={MAX_INVITATION_NOTE}
            {...problemAttributes('note', view.noteProblem)}
          />
          <FieldProblem id="note" problem={view.noteProblem} />
          <p class="note">{texts.goodFor(INVITATION_DAYS)}</p>
          <button type="submit" class="primary">
            {texts.make}
          </button>
        </form>
      )}
      {invitations.length > 0 && (
        <ul class="rows">
          {invitations.map((invitation) => (
            <InvitationRow invitation={invitation} view={view} />
          ))}
        </ul>
      )}
      {view.maySeeTree && (
        <p>
          <a href="/invitations/tree">{texts.tree}</a>
        </p>
      )}
    </AccountPage>
  );
}

function InvitationRow({ invitation, view }: { invitation: Invitation; view: InvitationsView }) {
  const texts = words.people.invitations;
  const joined = invitation.usedBy ? view.people.get(invitation.usedBy) : undefined;
  const isOpen =
    invitation.usedAt === undefined && !invitation.isRevoked && invitation.expiresAt > view.now;
  const who = joined ? <a href={`/people/${joined.handle}`}>{joined.name}</a> : words.people.left;
  const state = invitation.usedAt
    ? texts.usedBy(who, <When at={invitation.usedAt} />)
    : invitation.isRevoked
      ? texts.isWithdrawn
      : isOpen
        ? texts.openUntil(<When at={invitation.expiresAt} />)
        : texts.tooOld;
  return (
    <li>
      <span>
        <b>{invitation.note ?? texts.withoutNote}</b>
        <br />
        <span class="note">{texts.madeAt(<When at={invitation.createdAt} />, state)}</span>
      </span>
      {isOpen && (
        <form method="post" action="/invitations/withdraw">
          <input type="hidden" name="id" value={invitation.id} />
          <button type="submit" class="danger">
            {texts.withdraw}
          </button>
        </form>
      )}
    </li>
  );
}

export function InvitationTreePage({ site, tree }: { site: Site; tree: InvitationTree }) {
  const texts = words.people.invitations;
  return (
    <AccountPage site={site} title={texts.tree} path="/invitations/tree">
      {tree.roots.length + tree.orphans.length === 0 && <p class="empty">{texts.nobody}</p>}
      {tree.isCut && <p class="note">{texts.isCut(MAX_TREE_PEOPLE)}</p>}
      <Branch people={tree.roots} />
      {tree.orphans.length > 0 && (
        <>
          <h2>{texts.orphans}</h2>
          <Branch people={tree.orphans} />
        </>
      )}
    </AccountPage>
  );
}

function Branch({ people }: { people: TreePerson[] }) {
  if (people.length === 0) return null;
  return (
    <ul class="tree">
      {people.map((person) => (
        <li>
          <a href={`/people/${person.handle}`}>{person.name}</a>{' '}
          <span class="note">
            {words.people.invitations.member(
              person.handle,
              words.people.roles[person.role],
              person.joinedAt.slice(0, 10),
              person.invited.length,
            )}
          </span>
          <Branch people={person.invited} />
        </li>
      ))}
    </ul>
  );
}
