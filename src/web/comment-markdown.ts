import type { ThreadComment } from '../comments/load-thread.ts';

/** A paper's comments for programs that read Markdown; empty without any. Each is a quotation, so that what it holds stays in it. */
export function renderThreadMarkdown(comments: ThreadComment[]): string {
  const shown = comments.filter(({ state, raw }) => state === 'visible' && raw !== '');
  if (shown.length === 0) return '';
  const blocks = shown.map(({ author, createdAt, answers, raw }) => {
    const who = author ? `@${author.handle}` : 'Someone who left';
    const to = answers ? `, in reply to ${plain(answers.name ?? 'a comment')}` : '';
    const quotation = raw.replace(/^/gm, '> ');
    return `${who}, ${createdAt.slice(0, 10)}${to}:\n\n${quotation}`;
  });
  return `\n## Comments\n\n${blocks.join('\n\n')}\n`;
}

function plain(name: string): string {
  return name.replace(/[\\`*_<>[\]\n]/g, ' ');
}
