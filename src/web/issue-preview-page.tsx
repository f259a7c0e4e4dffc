// The next issue of a digest, before it goes out.
import type { IssuePreview } from '../digests/preview-issue.ts';
import type { Subscription } from '../digests/subscription.ts';
import { Layout, type Site } from './layout.tsx';

export function IssuePreviewPage({
  site,
  path,
  subscription,
  preview: { issue, sendsAt },
}: {
  site: Site;
  /** Of the digest, under which this is. */
  path: string;
  subscription: Subscription;
  preview: IssuePreview;
}) {
  const own = `${path}/preview`;
  return (
    <Layout site={site} head={{ title: 'The next issue', path: own, isUnindexed: true }}>
      <div class="issue-preview">
        <h1>The next issue</h1>
        <p class="note">
          {whenSent(subscription, sendsAt)} <a href={path}>Change what you get</a>
        </p>
        {issue ? (
          <>
            <dl class="facts">
              <div>
                <dt>To</dt>
                <dd>{subscription.email}</dd>
              </div>
              <div>
                <dt>Subject</dt>
                <dd>{issue.subject}</dd>
              </div>
            </dl>
            <iframe
              src={`${own}?part=html`}
              title="The issue as it is mailed"
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            ></iframe>
            <h2>As plain text</h2>
            <pre>{issue.text}</pre>
          </>
        ) : (
          <p class="empty">
            Nothing to tell so far. An issue without papers is not sent: you get mail when there is
            something new in what you asked for.
          </p>
        )}
      </div>
    </Layout>
  );
}

const UNSENT: Record<Subscription['state'], string> = {
  active: 'This is the issue as it stands now.',
  paused: 'This digest is paused: nothing is sent until you go on with it.',
  ended: 'This digest has ended: nothing is sent any more.',
  unconfirmed: 'Nothing is sent before the address is confirmed.',
};

function whenSent({ state, timeZone }: Subscription, sendsAt: string | undefined): string {
  if (sendsAt === undefined) return UNSENT[state];
  const at = new Date(sendsAt);
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone }).format(at);
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(at);
  const zone = timeZone.replaceAll('_', ' ');
  return `It will be sent on ${day} at ${time}, ${zone} time. Until then papers and votes may come in.`;
}
