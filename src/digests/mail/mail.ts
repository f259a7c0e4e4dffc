// What both parts of a mail say, before it is written as HTML and as text.

import type { Title } from '../issue-title.ts';
import type { MailedPaper } from '../mailed-paper.ts';

/**
 * So many papers are shown with authors and abstract, the others in brief: Gmail hides what is beyond 102 KB, and
 * with it the link to unsubscribe.
 */
export const FULL_PAPERS = 20;

export type MailedLink = { label: string; url: string };

export type Mail = {
  instance: { name: string; url: string };
  subject: string;
  title: Title;
  /** BCP 47, of the title's date. */
  language: string;
  byline: string | undefined;
  papers: { paper: MailedPaper; via: string | undefined }[];
  /** Where there is more of it. */
  more: MailedLink | undefined;
  /** Why the reader gets it. */
  why: string;
  links: MailedLink[];
};
