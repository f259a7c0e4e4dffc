// A paper in the HTML of a mail.
import { words } from '../../language/words.ts';
import type { MailedPaper } from '../mailed-paper.ts';
import { keepBlocks, type Place } from './kept-blocks.ts';
import { FULL_PAPERS, type MailedLink } from './mail.ts';
import { STYLES } from './mail-style.ts';
import { countsOf, factsOf, type PaperFacts } from './paper-facts.ts';

type Shown = Place & { paper: MailedPaper; facts: PaperFacts };

const keptBlock = keepBlocks();

/** `url` is the instance's. */
export function renderBlock(paper: MailedPaper, place: Place, url: string): string {
  const facts = factsOf(paper, url);
  const Block = place.rank > FULL_PAPERS ? BriefBlock : PaperBlock;
  return keptBlock(
    facts,
    place,
    () => (<Block paper={paper} facts={facts} {...place} />).toString() as string,
  );
}

function PaperBlock({ paper, facts, via, rank }: Shown) {
  const isLead = rank === 1;
  return (
    <div class="line" style={STYLES.paper}>
      <p class="soft" style={STYLES.kicker}>
        <Beside paper={paper} via={via} rank={rank} />
      </p>
      <h2
        class={isLead ? 'lead' : undefined}
        style={isLead ? STYLES.lead : STYLES.heading}
        dir="auto"
      >
        <Headline facts={facts} />
      </h2>
      <Body paper={paper} facts={facts} />
    </div>
  );
}

/** Of the papers far down: the title, and where it leads. */
function BriefBlock({ paper, facts, via, rank }: Shown) {
  return (
    <div class="line" style={STYLES.brief}>
      <p class="soft" style={STYLES.kicker}>
        <Beside paper={paper} via={via} rank={rank} />
        {facts.links.map((link) => (
          <>
            {' · '}
            <Link link={link} />
          </>
        ))}
      </p>
      <h2 style={STYLES.briefHeading} dir="auto">
        <Headline facts={facts} />
      </h2>
    </div>
  );
}

/** The rank, what readers think of it, and by what the reader came to it. */
function Beside({ paper, via, rank }: Omit<Shown, 'facts'>) {
  const { votes } = countsOf(paper);
  return (
    <>
      {rank}
      {votes && (
        <>
          {' · '}
          <b class="mark" style={STYLES.votes}>
            {votes}
          </b>
        </>
      )}
      {via && ` · ${words.mails.via(via)}`}
    </>
  );
}

function Headline({ facts }: { facts: PaperFacts }) {
  return (
    <a class="ink" href={facts.url} style={STYLES.headline}>
      {facts.title}
    </a>
  );
}

function Link({ link: { label, url } }: { link: MailedLink }) {
  return (
    <a class="link" href={url} style={STYLES.link}>
      {label}
    </a>
  );
}

function Body({ paper, facts }: { paper: MailedPaper; facts: PaperFacts }) {
  const { comments } = countsOf(paper);
  const links = [{ label: comments ?? words.mails.discuss, url: facts.url }, ...facts.links];
  return (
    <>
      {facts.authors && (
        <p class="soft" style={STYLES.authors} dir="auto">
          {facts.authors}
        </p>
      )}
      {facts.introduction && (
        <p class="line" style={STYLES.introduction} dir="auto">
          <b style={STYLES.why}>{words.mails.whyRead}</b> {facts.introduction}
        </p>
      )}
      {facts.excerpt && (
        <p style={STYLES.excerpt} dir="auto">
          {facts.excerpt}
        </p>
      )}
      <p class="soft" style={STYLES.links}>
        {links.map((link, index) => (
          <>
            {index > 0 && ' · '}
            <Link link={link} />
          </>
        ))}
      </p>
    </>
  );
}
