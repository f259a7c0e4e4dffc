import type { Hono } from 'hono';
import { changeSettings } from '../administration/change-settings.ts';
import { sendTestMail } from '../administration/test-mail.ts';
import type { ApiEnv } from '../api/api-env.ts';
import type { App } from '../app.ts';
import { toInstant } from '../base/calendar.ts';
import { isAppError } from '../base/errors.ts';
import {
  SAVED_SETTING_NAMES,
  SAVED_SETTINGS,
  type SavedSettingName,
  type SavedSettings,
} from '../config/settings.ts';
import { words } from '../language/words.ts';
import { findLastDemoPaper } from '../papers/paper-store.ts';
import { spend } from '../people/limits.ts';
import { createSchedule } from '../queue/schedule.ts';
import { checkSettings, knownSecret, type SettingProblems } from '../settings/check-settings.ts';
import { loadSavedSettings } from '../settings/saved-settings.ts';
import { isCategory } from '../sources/arxiv/categories.ts';
import { POLL_FEEDS, sourceSchedule } from '../sources/source-jobs.ts';
import { defaultOf, fieldOf, OTHER_CATEGORIES, wordsOf } from './first-run-fields.tsx';
import { FIRST_RUN, FirstRunPage, type FirstRunView } from './first-run-page.tsx';
import { type Fields, readFields } from './read-form.ts';
import { When } from './settings-layout.tsx';
import { siteLoader, viewerOf, type WebContext } from './site.ts';

type Shown = Partial<Pick<FirstRunView, 'isWelcome' | 'isSaved' | 'test'>> & {
  typed?: SavedSettings;
  problems?: SettingProblems;
};

export function addFirstRunRoutes(web: Hono<ApiEnv>, app: App, publicUrl: () => string): void {
  const { database, config } = app;
  const db = database.read;
  const site = siteLoader(app, publicUrl);

  async function page(c: WebContext, shown: Shown) {
    const { typed = {}, problems = {}, isWelcome = false, isSaved = false, test } = shown;
    const saved = await loadSavedSettings(db);
    const hasDemo = (await findLastDemoPaper(db)) !== undefined;
    const settings = SAVED_SETTING_NAMES.filter(
      (name) => name !== 'BROADSHEET_DEMO' || hasDemo,
    ).map((name) => ({
      name,
      text: typed[name] ?? config.environment[name] ?? saved[name] ?? defaultOf(name),
      problem: problems[name],
      isFixed: config.environment[name] !== undefined,
      fallback: fallbackOf(name),
      ...(name === 'BROADSHEET_ARXIV_POLL_AT' ? { more: nextPoll() } : {}),
    }));
    const { email: address } = viewerOf(c).person;
    const view = { settings, address, isWelcome, isSaved, test };
    return <FirstRunPage site={await site(c)} view={view} />;
  }

  function fallbackOf(name: SavedSettingName): string {
    if (name === 'BROADSHEET_RULES') return words.about.defaultRules;
    if (name !== 'BROADSHEET_MAIL_FROM') return '';
    const { from } = config.mail;
    return `${from.name} <${from.address}>`;
  }

  function nextPoll() {
    if (config.isOffline) return words.firstRun.offline;
    const at = createSchedule(sourceSchedule(config.arxiv)).next(POLL_FEEDS.kind);
    const instant = at && toInstant(at.getTime());
    return instant && words.firstRun.nextPoll(<When at={instant} />);
  }

  /** What the form sent, as it would be written in the environment. */
  async function readTyped(fields: Fields): Promise<SavedSettings> {
    const saved = await loadSavedSettings(db);
    const typed: SavedSettings = {};
    for (const name of SAVED_SETTING_NAMES) {
      const text = textOf(fields, name);
      if (text === undefined || config.environment[name] !== undefined) continue;
      const { field } = SAVED_SETTINGS[name];
      typed[name] = field === 'secret' ? knownSecret(text, saved[name] ?? '') : text;
    }
    return typed;
  }

  function check(saved: SavedSettings, typed: SavedSettings) {
    const checked = checkSettings(config, saved, typed);
    const unknown = wordsOf(typed.BROADSHEET_CATEGORIES ?? '').find((one) => !isCategory(one));
    if (unknown === undefined) return checked;
    const problem = words.firstRun.noCategory(unknown);
    return { problems: { ...checked.problems, BROADSHEET_CATEGORIES: problem }, given: {} };
  }

  web.get(FIRST_RUN, async (c) => {
    const isWelcome = c.req.query('welcome') !== undefined;
    const isSaved = c.req.query('saved') !== undefined;
    return c.html(await page(c, { isWelcome, isSaved }));
  });

  web.post(FIRST_RUN, async (c) => {
    const { person } = viewerOf(c);
    const typed = await readTyped(await readFields(c));
    const problems = await database.transact(async (tx) => {
      const checked = check(await loadSavedSettings(tx), typed);
      if (checked.problems) return checked.problems;
      await changeSettings(tx, checked.given, { actorId: person.id });
      return undefined;
    });
    if (problems) return c.html(await page(c, { typed, problems }), 400);
    await app.settingsSaved();
    return c.redirect(`${FIRST_RUN}?saved`, 303);
  });

  web.post(`${FIRST_RUN}/mail`, async (c) => {
    const { person } = viewerOf(c);
    const typed = await readTyped(await readFields(c));
    const { problems, config: tried } = {
      config: undefined,
      ...check(await loadSavedSettings(db), typed),
    };
    if (!tried) return c.html(await page(c, { typed, problems: problems ?? {} }), 400);
    await spend(database, 'test mail', person.id);
    const { testMailSent, testMailWritten } = words.firstRun;
    try {
      const { file } = await sendTestMail(tried, publicUrl(), person.email);
      const done =
        file === undefined
          ? testMailSent(new URL(tried.mail.smtpUrl).host, person.email)
          : testMailWritten(file);
      return c.html(await page(c, { typed, test: { done } }));
    } catch (error) {
      if (!isAppError(error)) throw error;
      return c.html(await page(c, { typed, test: { problem: error.message } }));
    }
  });
}

function textOf(fields: Fields, name: SavedSettingName): string | undefined {
  const field = fieldOf(name);
  switch (name) {
    case 'BROADSHEET_CATEGORIES':
      if (!fields.has(OTHER_CATEGORIES)) return undefined;
      return [...fields.texts(field), ...wordsOf(fields.text(OTHER_CATEGORIES))].join(' ');
    case 'BROADSHEET_RULES': {
      if (!fields.has(field)) return undefined;
      const rules = fields.text(field).replaceAll('\r\n', '\n').trim();
      // The rules that come along are shown to be changed; as they are they are nobody's own.
      return rules === words.about.defaultRules.trim() ? '' : rules;
    }
    default:
      return fields.has(field) ? fields.text(field) : undefined;
  }
}
