// A paper in the HTML of a mail.
import { raw } from 'hono/html';
import type { MailedPaper } from '../mailed-paper.ts';
import { STYLES } from './mail-style.ts';
import { countsOf, factsOf, type PaperFacts } from './paper-facts.ts';

export function PaperBlock({
  paper,
  via,
  rank,
  url,
}: {
  paper: MailedPaper;
  via: string | undefined;
  rank: number;
  url: string;
}) {
  const facts = factsOf(paper, url);
  const { votes } = countsOf(paper);
  const isLead = rank === 1;
  return (
    <div class="line" style={STYLES.paper}>
      <p class="soft" style={STYLES.kicker}>
        <b class="mark" style={STYLES.rank}>
          {rank}
        </b>
        {[votes, via && `via ${via}`].filter(Boolean).map((fact) => ` · ${fact}`)}
      </p>
      <h2
        class={isLead ? 'lead' : 'heading'}
        style={isLead ? STYLES.lead : STYLES.heading}
        dir="auto"
      >
        <a class="ink" href={facts.url} style={STYLES.headline}>
          {facts.title}
        </a>
      </h2>
      {raw(bodyOf(paper, facts))}
    </div>
  );
}

/** The same for all readers; it goes when the paper leaves the cache. */
const bodies = new WeakMap<PaperFacts, string>();

function bodyOf(paper: MailedPaper, facts: PaperFacts): string {
  let body = bodies.get(facts);
  if (body === undefined) {
    body = (<Body paper={paper} facts={facts} />).toString() as string;
    bodies.set(facts, body);
  }
  return body;
}

function Body({ paper, facts }: { paper: MailedPaper; facts: PaperFacts }) {
  const { comments } = countsOf(paper);
  const links = [{ label: comments ?? 'Discuss', url: facts.url }, ...facts.links];
  return (
    <>
      {facts.authors && (
        <p class="soft" style={STYLES.authors} dir="auto">
          {facts.authors}
        </p>
      )}
      {facts.introduction && (
        <p class="mark-line" style={STYLES.introduction} dir="auto">
          <b style={STYLES.why}>Why read this:</b> {facts.introduction}
        </p>
      )}
      {facts.excerpt && (
        <p style={STYLES.excerpt} dir="auto">
          {facts.excerpt}
        </p>
      )}
      <p class="soft" style={STYLES.links}>
        {links.map(({ label, url }, index) => (
          <>
            {index > 0 && ' · '}
            <a class="link" href={url} style={STYLES.link}>
              {label}
            </a>
          </>
        ))}
      </p>
    </>
  );
}
