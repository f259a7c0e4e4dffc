import { renderTexText } from '../base/tex/tex.ts';
import type { PaperPage } from '../feed/load-paper.ts';
import { words } from '../language/words.ts';
import type { PaperLink } from '../papers/paper.ts';
import { arxivPdfUrl, homeUrlOf, isArxivId, pathOfPaper } from '../papers/paper-id.ts';

/** The paper for programs that read Markdown. */
export function renderMarkdown(page: PaperPage, url: string): string {
  const { paper, entry } = page.item;
  const lines = [`# ${escapeMarkdown(renderTexText(paper.title))}`, ''];
  if (paper.authors.length > 0) {
    lines.push(`Authors: ${paper.authors.map((author) => escapeMarkdown(author.name)).join(', ')}`);
  } else if (paper.authorCount) {
    lines.push(words.lists.authors(paper.authorCount));
  }
  lines.push(`Published: ${paper.publishedAt.slice(0, 10)}`);
  if (entry) lines.push(`Daily list: ${entry.day}`);
  if (paper.withdrawnAt) lines.push(`Withdrawn: ${paper.withdrawnAt.slice(0, 10)}`);
  if (paper.categories.length > 0) lines.push(`Categories: ${paper.categories.join(', ')}`);
  lines.push(`Votes: ${page.item.votes}`, `Page: ${url}${pathOfPaper(paper.id)}`);
  const home = homeUrlOf(paper.id);
  if (home) lines.push(`Source: ${home}`);
  if (isArxivId(paper.id)) lines.push(`PDF: ${arxivPdfUrl(paper.id)}`);
  for (const link of paper.links)
    lines.push(`${words.paper.links[link.kind]}: ${linkAddress(link)}`);
  if (paper.doi) lines.push(`DOI: ${paper.doi}`);
  const head = lines.map((line, index) => (index > 1 ? `${line}  ` : line));
  const abstract = escapeMarkdown(renderTexText(paper.abstract, { breaks: true }));
  return `${[...head, '', '## Abstract', '', abstract || 'No abstract is known.'].join('\n')}\n`;
}

function linkAddress(link: PaperLink): string {
  return link.url.replace(/[<>\s]/g, encodeURIComponent);
}

/** Characters that would be read as Markdown or HTML inside running text. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*<>[\]]/g, '\\$&').replace(/^(#{1,6} |[-+] |\d+\. )/gm, '\\$1');
}
