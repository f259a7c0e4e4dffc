// The plain part of a mail, for people who read mail in a terminal.
import { words } from '../../language/words.ts';
import type { MailedPaper } from '../mailed-paper.ts';
import { keepBlocks, type Place } from './kept-blocks.ts';
import { FULL_PAPERS, type Mail } from './mail.ts';
import { countsOf, factsOf, type PaperFacts } from './paper-facts.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 72;
const INDENT = '    ';
const RULE = '-'.repeat(WIDTH);
/** Of signatures, which mail programs fade or leave out of replies (RFC 3676, 4.3). */
const SIGNATURE = '-- ';

export function renderText(mail: Mail): string {
  const { instance, title, byline, papers, more, why, links } = mail;
  const head = [instance.name, title.text, ...(byline ? [byline] : [])];
  const blocks = papers.map(({ paper, via }, index) => {
    const facts = factsOf(paper, instance.url);
    const place = { rank: index + 1, via };
    return keptBlock(facts, place, () => renderPaper(paper, facts, place));
  });
  const labelled = links.flatMap(({ label, url }) => [`${label}:`, url]);
  return [
    ...head.flatMap((line) => wrapText(line, WIDTH)),
    RULE,
    '',
    ...blocks,
    ...(more ? [RULE, ...wrapText(`${more.label}:`, WIDTH), more.url, ''] : []),
    SIGNATURE,
    ...wrapText(why, WIDTH),
    ...labelled,
    '',
  ].join('\n');
}

const keptBlock = keepBlocks();

function renderPaper(paper: MailedPaper, facts: PaperFacts, { rank, via }: Place): string {
  const { votes, comments } = countsOf(paper);
  const counts = [votes, comments, via && words.mails.via(via)].filter(Boolean).join(', ');
  const [first = '', ...rest] = wrapIndented(facts.title);
  const isBrief = rank > FULL_PAPERS;
  return [
    `${String(rank).padStart(2)}. ${first.slice(INDENT.length)}`,
    ...rest,
    ...(isBrief ? [] : wrapIndented(facts.authors ?? '')),
    ...wrapIndented(counts),
    ...(isBrief ? [] : renderBody(facts)),
    `${INDENT}${facts.url}`,
    ...facts.links.map(({ label, url: address }) => `${INDENT}${label}: ${address}`),
    '',
  ].join('\n');
}

function renderBody({ introduction, excerpt }: PaperFacts): string[] {
  return [
    ...paragraph(introduction && `${words.mails.whyRead} ${introduction}`),
    ...paragraph(excerpt),
    '',
  ];
}

function paragraph(text: string | undefined): string[] {
  return text ? ['', ...wrapIndented(text)] : [];
}

function wrapIndented(text: string): string[] {
  return wrapText(text, WIDTH - INDENT.length).map((line) => INDENT + line);
}
