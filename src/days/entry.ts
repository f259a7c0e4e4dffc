// An entry puts a paper on a day's list because a person or a source listed it there.
import type { Day, Instant } from '../base/calendar.ts';
import type { JsonObject } from '../papers/paper.ts';

/** The origin of what people of this instance put on its lists. */
export const HERE = 'here';

/** Hugging Face's clocks: lists sort by the time of day there. */
export const LIST_TIME_ZONE = 'America/New_York';

/** What a source says of one paper's place on one day's list. */
export type EntryRecord = {
  day: Day;
  /** Canonical identity of the paper. */
  paperId: string;
  /** The service the list was made at: `huggingface`, or the host of another Broadsheet. */
  origin: string;
  /** When it was put on the list; absent where the source does not say. */
  listedAt?: Instant;
  /**
   * The list item's own publication time, the second sort key of a day: for Hugging Face the outer
   * `publishedAt`, which is New York wall time written with a Z.
   */
  publishedAt: Instant;
  votes: number;
  comments: number;
  /** User name of the submitter at the origin. */
  submitter?: string;
  /** The submitter's account as the origin shows it. */
  submittedBy?: JsonObject;
  thumbnail?: string;
  mediaUrls?: string[];
  isAuthorParticipating?: boolean;
  organization?: JsonObject;
};

/** A saved page: papers in an order of its own, kept beside the day's list. */
export type EditionRecord = {
  /** `2025-10-29-page` */
  slug: string;
  day: Day;
  title: string;
  /** What the page was: heading and byline as printed. */
  byline?: string;
  items: EditionItem[];
};

export type EditionItem = {
  paperId: string;
  /** Counted from 1. */
  position: number;
  comments?: number;
};
