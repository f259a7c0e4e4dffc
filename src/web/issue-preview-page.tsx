// The next issue of a digest, before it goes out.
import type { IssuePreview } from '../digests/preview-issue.ts';
import type { Subscription } from '../digests/subscription.ts';
import { dayAndTime } from '../language/formats.ts';
import { words } from '../language/words.ts';
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
  const texts = words.mails.preview;
  return (
    <Layout site={site} head={{ title: texts.title, path: own, isUnindexed: true }}>
      <div class="issue-preview">
        <h1>{texts.title}</h1>
        <p class="note">
          {whenSent(subscription, sendsAt)} <a href={path}>{texts.change}</a>
        </p>
        {issue ? (
          <>
            <dl class="facts">
              <div>
                <dt>{texts.to}</dt>
                <dd>{subscription.email}</dd>
              </div>
              <div>
                <dt>{texts.subject}</dt>
                <dd>{issue.subject}</dd>
              </div>
            </dl>
            <iframe
              src={`${own}?part=html`}
              title={texts.asMailed}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            ></iframe>
            <h2>{texts.asText}</h2>
            <pre>{issue.text}</pre>
          </>
        ) : (
          <p class="empty">{texts.nothing}</p>
        )}
      </div>
    </Layout>
  );
}

function whenSent({ state, timeZone }: Subscription, sendsAt: string | undefined): string {
  const { unsent, sent } = words.mails.preview;
  if (sendsAt === undefined) return unsent[state];
  const { day, time } = dayAndTime(new Date(sendsAt), timeZone);
  return sent(day, time, timeZone.replaceAll('_', ' '));
}
