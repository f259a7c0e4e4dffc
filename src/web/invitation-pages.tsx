import type { Config } from '../config.ts';
import type { InvitationTree, TreePerson } from '../people/invitation-tree.ts';
import { INVITATION_DAYS, type Invitation, MAX_INVITATION_NOTE } from '../people/joining.ts';
import type { PublicPerson } from '../people/person.ts';
import { counted } from './dates.ts';
import type { Site } from './layout.tsx';
import { AccountPage, type Told, When } from './settings-layout.tsx';

export type InvitationsView = {
  joining: Config['people']['joining'];
  invitations: Invitation[];
  people: Map<string, PublicPerson>;
  now: string;
  note: string;
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
  return (
    <AccountPage site={site} title="Your invitations" path="/invitations" told={told}>
      <p>{useInWords(view.joining)}</p>
      {made && (
        <div class="notice" role="status">
          <p>Send this address to whom you invite; it is shown only now, and works once.</p>
          <p>
            <code class="once">{made}</code>
          </p>
        </div>
      )}
      {view.joining !== 'closed' && (
        <form method="post" action="/invitations" class="stacked">
          <label for="note">A line to whom you invite, if you like</label>
          <input id="note" name="note" value={view.note} maxlength={MAX_INVITATION_NOTE} />
          <p class="note">
            An invitation is good for {INVITATION_DAYS} days. Who joins with it has “invited by” and
            your name on their page.
          </p>
          <button type="submit" class="primary">
            Make an invitation
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
          <a href="/invitations/tree">Who invited whom</a>
        </p>
      )}
    </AccountPage>
  );
}

function useInWords(joining: InvitationsView['joining']): string {
  switch (joining) {
    case 'open':
      return 'Everyone may join here without an invitation. One is of use all the same: it says who brought them.';
    case 'domain':
      return 'Whoever has no address of the domains that may join needs an invitation.';
    case 'invitation':
      return 'One joins here by invitation only.';
    case 'closed':
      return 'No new accounts are made here at the moment, so that invitations open nothing.';
  }
}

function InvitationRow({ invitation, view }: { invitation: Invitation; view: InvitationsView }) {
  const joined = invitation.usedBy ? view.people.get(invitation.usedBy) : undefined;
  const isOpen =
    invitation.usedAt === undefined && !invitation.isRevoked && invitation.expiresAt > view.now;
  return (
    <li>
      <span>
        <b>{invitation.note ?? 'Without a line'}</b>
        <br />
        <span class="note">
          made <When at={invitation.createdAt} />,{' '}
          {invitation.usedAt ? (
            <>
              used by{' '}
              {joined ? <a href={`/people/${joined.handle}`}>{joined.name}</a> : 'someone who left'}{' '}
              <When at={invitation.usedAt} />
            </>
          ) : invitation.isRevoked ? (
            'withdrawn'
          ) : isOpen ? (
            <>
              open until <When at={invitation.expiresAt} />
            </>
          ) : (
            'too old'
          )}
        </span>
      </span>
      {isOpen && (
        <form method="post" action="/invitations/withdraw">
          <input type="hidden" name="id" value={invitation.id} />
          <button type="submit" class="danger">
            Withdraw
          </button>
        </form>
      )}
    </li>
  );
}

export function InvitationTreePage({ site, tree }: { site: Site; tree: InvitationTree }) {
  return (
    <AccountPage site={site} title="Who invited whom" path="/invitations/tree">
      {tree.roots.length + tree.orphans.length === 0 && (
        <p class="empty">Nobody has joined by an invitation yet.</p>
      )}
      {tree.isCut && <p class="note">The newest 2,000 who were invited.</p>}
      <Branch people={tree.roots} />
      {tree.orphans.length > 0 && (
        <>
          <h2>Invited by someone who left</h2>
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
            @{person.handle}, {person.role}, joined {person.joinedAt.slice(0, 10)}
            {person.invited.length > 0 && `, invited ${counted(person.invited.length, 'other')}`}
          </span>
          <Branch people={person.invited} />
        </li>
      ))}
    </ul>
  );
}
