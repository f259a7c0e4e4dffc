// Citing papers: pages with every form, files to download, and the answers to whoever accepts such a form
// at the address of a paper or a list.
import type { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { AppError } from '../base/errors.ts';
import {
  type CitationForm,
  contentTypeOf,
  FORMAT_FACTS,
  FORMATS,
  findStyle,
  maxCited,
  renderCitations,
} from '../citations/formats.ts';
import { referenceOf } from '../citations/reference.ts';
import { STYLES } from '../citations/style/styles.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import { findPaper } from '../papers/paper-store.ts';
import { chooseForm } from './choose-form.ts';
import { CiteListPage, CitePaperPage } from './cite-pages.tsx';
import { type CitedPapers, loadCitedPapers } from './cited-list.ts';
import { findListAddress, type ListAddress } from './list-address.ts';
import { siteLoader, type WebContext } from './site.ts';

const FRESH = 'public, max-age=0, must-revalidate';

export type CiteDesk = {
  /** The answer in the form that is accepted; undefined where that is a page or Markdown. */
  answerPaper(c: WebContext, paper: Paper): Promise<Response | undefined>;
};

export function addCiteRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): CiteDesk {
  const db = app.database.read;
  const site = siteLoader(app, publicUrl);
  const referencesOf = (papers: Paper[]) => papers.map((paper) => referenceOf(paper, publicUrl()));

  const send = async (c: WebContext, papers: Paper[], form: CitationForm, file?: string) => {
    const body = await renderCitations(referencesOf(papers), form);
    c.header('content-type', contentTypeOf(form));
    if (file) {
      const { extension } = FORMAT_FACTS[form.format];
      c.header('content-disposition', `attachment; filename="${file}.${extension}"`);
    }
    c.header('cache-control', FRESH);
    return c.body(body);
  };

  const acceptedForm = (c: WebContext): CitationForm | undefined => {
    const chosen = chooseForm(c.req.header('accept'));
    if (chosen.kind === 'unknown-style') throw unknownStyle(chosen.style);
    return chosen.kind === 'citation' ? chosen.form : undefined;
  };

  const getPaper = async (c: WebContext): Promise<Paper> => {
    const found = await findPaper(db, c.req.param('id') ?? '');
    if (found) return found.paper;
    throw new AppError('not-found', words.citing.noPaper);
  };

  const load = async (list: ListAddress, form: Pick<CitationForm, 'format'>) => {
    const cited = await loadCitedPapers(app, list, maxCited(form));
    if (cited.papers.length > 0) return cited;
    throw new AppError('not-found', words.citing.noPapers(list.path));
  };

  const sendList = async (c: WebContext, list: ListAddress, form: CitationForm, file?: string) => {
    const cited = await load(list, form);
    const answer = await send(c, cited.papers, form, file);
    keepOutOfCaches(answer, cited);
    return answer;
  };

  web.use(
    createMiddleware<ApiEnv>(async (c, next) => {
      const form = c.req.method === 'GET' || c.req.method === 'HEAD' ? acceptedForm(c) : undefined;
      const { pathname, search } = new URL(c.req.url);
      const list = form && findListAddress(pathname + search);
      if (!form || !list) return next();
      return sendList(c, list, form);
    }),
  );

  web.get('/papers/:id/cite', async (c) => {
    const paper = await getPaper(c);
    if (paper.id !== c.req.param('id')) return c.redirect(`${pathOfPaper(paper.id)}/cite`, 301);
    const references = referencesOf([paper]);
    const texts = await Promise.all([
      ...STYLES.map(({ id }) => renderCitations(references, { format: 'text', style: id })),
      ...(['bibtex', 'ris', 'csl'] as const).map((format) =>
        renderCitations(references, { format, style: 'apa' }),
      ),
    ]);
    c.header('cache-control', FRESH);
    return c.html(<CitePaperPage site={await site(c)} paper={paper} texts={texts} />);
  });

  web.get('/cite', async (c) => {
    const list = listOf(c);
    const cited = await load(list, { format: 'bibtex' });
    c.header('cache-control', FRESH);
    const page = await c.html(<CiteListPage site={await site(c)} list={list} cited={cited} />);
    keepOutOfCaches(page, cited);
    return page;
  });

  for (const format of FORMATS) {
    const { extension } = FORMAT_FACTS[format];
    web.get(`/papers/:id/cite.${extension}`, async (c) => {
      const paper = await getPaper(c);
      return send(c, [paper], { format, style: styleOf(c) }, fileNameOf(paper.id));
    });
    web.get(`/cite.${extension}`, async (c) => {
      const list = listOf(c);
      return sendList(c, list, { format, style: styleOf(c) }, fileNameOf(list.path));
    });
  }

  return {
    async answerPaper(c, paper) {
      const form = acceptedForm(c);
      return form && send(c, [paper], form);
    },
  };
}

function listOf(c: WebContext): ListAddress {
  const list = findListAddress(c.req.query('of') ?? '');
  if (list) return list;
  throw new AppError('invalid', words.citing.sayOf);
}

function styleOf(c: WebContext): CitationForm['style'] {
  const named = c.req.query('style') ?? 'apa';
  const style = findStyle(named);
  if (style) return style;
  throw unknownStyle(named);
}

function unknownStyle(named: string): AppError {
  const known = STYLES.map(({ id }) => id).join(', ');
  return new AppError('invalid', words.citing.noStyle(named.slice(0, 40), known));
}

function keepOutOfCaches(answer: Response, { isPassing }: CitedPapers): void {
  if (isPassing) answer.headers.set('cache-control', 'no-store');
}

/** `papers-date-2025-10-29` */
function fileNameOf(path: string): string {
  return (
    path
      .replace(/[^A-Za-z0-9.]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 80) || 'papers'
  );
}
