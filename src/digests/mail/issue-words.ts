// What stands around the papers of a mail: subject, title, why it came and where to change that.
import { addDays, monthOf, weekOf } from '../../base/calendar.ts';
import { renderTexText } from '../../base/tex/tex.ts';
import { oneLine, truncateText } from '../../base/text.ts';
import type { Topic } from '../../feed/topic.ts';
import { authorInWords } from '../../feed/topic-in-words.ts';
import type { Days } from '../../feed/topic-skeleton.ts';
import { words } from '../../language/words.ts';
import { authorKey } from '../../papers/author-name.ts';
import { type ChosenPaper, hasOrder, isParticular, type Offer } from '../choose-papers.ts';
import { titleOf } from '../issue-title.ts';
import { signId } from '../signed-id.ts';
import type { Cadence, Subscription } from '../subscription.ts';
import { manageAddress } from '../subscription-links.ts';
import type { Mail, MailedLink } from './mail.ts';

type Sender = {
  instance: { name: string; community: string; url: string };
  secret: string;
};

const MAX_SUBJECT_TITLE = 90;
const MAX_VIA = 3;
const MAX_WHY = 8;

export function issueMail(
  { instance, secret }: Sender,
  {
    subscription: { id, cadence, language },
    days,
    papers,
    offers,
    editors,
  }: {
    subscription: Pick<Subscription, 'id' | 'cadence' | 'language'>;
    days: Days;
    papers: ChosenPaper[];
    offers: Offer[];
    editors: string[];
  },
): Mail {
  const title = titleOf(cadence, days, language);
  const { byline, why, howOften, changeWish, unsubscribe } = words.mails;
  const of = listNames(offers.map(nameOffer), MAX_WHY);
  return {
    instance,
    subject: subjectOf(title.text, papers),
    title,
    language,
    byline: byline(editors, instance.community),
    papers: papers.map((paper) => ({ paper, via: viaOf(paper, offers) })),
    more: wholeList(instance.url, cadence, days),
    why: why(instance.name, howOften[cadence], of),
    links: [
      {
        label: changeWish,
        url: manageAddress({ url: instance.url, secret }, id),
      },
      {
        label: unsubscribe,
        url: `${instance.url}/unsubscribe/${signId(secret, 'end subscription', id)}`,
      },
    ],
  };
}

export function alertMail(
  { instance, secret }: Sender,
  {
    alert,
    papers,
    language,
  }: {
    alert: { id: string; name: string };
    papers: ChosenPaper[];
    language: string;
  },
): Mail {
  const { alertTitle, whyAlert, changeAlerts, stopAlert } = words.mails;
  const name = oneLine(alert.name);
  const title = { text: alertTitle(papers.length, name), date: undefined };
  return {
    instance,
    subject: subjectOf(title.text, papers),
    title,
    language,
    byline: undefined,
    papers: papers.map((paper) => ({ paper, via: undefined })),
    more: undefined,
    why: whyAlert(instance.name, name),
    links: [
      { label: changeAlerts, url: `${instance.url}/settings/alerts` },
      {
        label: stopAlert,
        url: `${instance.url}/unsubscribe/${signId(secret, 'end alert', alert.id)}`,
      },
    ],
  };
}

/** `Daily papers of 29 October 2025: the first one’s title, and 9 more` */
function subjectOf(title: string, papers: ChosenPaper[]): string {
  const first = truncateText(
    oneLine(renderTexText(papers[0]?.item.paper.title ?? '')),
    MAX_SUBJECT_TITLE,
  );
  return words.mails.subject(title, first, papers.length - 1);
}

/** Within a sentence. */
function nameTopic(topic: Topic): string {
  const { topics } = words.mails;
  switch (topic.kind) {
    case 'trending':
    case 'list':
      return topics[topic.kind];
    case 'category':
      return topic.category;
    case 'author':
      return authorInWords(topic.author);
    case 'search':
      return topics.search(topic.query);
  }
}

function nameOffer({ topic, alertName }: Offer): string {
  return alertName === undefined ? nameTopic(topic) : words.mails.topics.alert(oneLine(alertName));
}

/**
 * By what the reader came to a paper, where the issue has several topics: for what is on its list or trending only
 * the more particular ones.
 */
function viaOf({ item, offers: own }: ChosenPaper, offers: Offer[]): string | undefined {
  if (offers.length < 2) return undefined;
  const isOrdered = own.some(({ topic }) => hasOrder(topic));
  const names = own
    .filter((offer) => isParticular(offer) || !isOrdered)
    .map((offer) => printedName(offer.topic, item) ?? nameOffer(offer));
  if (names.length > 0) return listNames(names, MAX_VIA);
  return own.some(({ topic }) => topic.kind === 'list') || own.length === 0
    ? undefined
    : words.mails.viaTrending;
}

/** An author as the paper prints the name. */
function printedName(topic: Topic, { paper }: ChosenPaper['item']): string | undefined {
  if (topic.kind !== 'author') return undefined;
  return paper.authors.find(({ name }) => authorKey(name) === topic.author)?.name;
}

function listNames(names: string[], max: number): string {
  const once = [...new Set(names)];
  return words.mails.names(once.slice(0, max), once.length - max);
}

/** The page that has all papers of the days. */
function wholeList(url: string, cadence: Cadence, { first, end }: Days): MailedLink {
  const last = addDays(end, -1);
  const { allOfMonth, allOfWeek, allOfDay } = words.mails;
  if (cadence === 'monthly') {
    return { label: allOfMonth, url: `${url}/papers/month/${monthOf(first)}` };
  }
  if (cadence === 'weekly' || first !== last) {
    return { label: allOfWeek, url: `${url}/papers/week/${weekOf(last)}` };
  }
  return { label: allOfDay, url: `${url}/papers/date/${first}` };
}
