// Invented people, none of whom exists.
import type { Role } from '../../people/roles.ts';
import { chanceOf } from './chance.ts';

export type LivingPerson = {
  id: string;
  handle: string;
  name: string;
  email: string;
  role: Role;
  affiliation: string | null;
  about: string | null;
  hasPublicVotes: boolean;
  joinedAt: string;
  invitedBy: string | null;
};

const GIVEN =
  'Amara Bao Carla Dmitri Elif Farid Greta Hana Imani Jonas Kaveh Lena Mateo Nadia Oluwaseun Priya Quentin Rosa Sven Tomoko Ulrike Viktor Wanjiru Xenia Yusuf Zofia'.split(
    ' ',
  );
const FAMILY =
  'Adeyemi Bianchi Castellanos Demir Eriksen Fontaine Ghorbani Haraldsson Iwasaki Jansen Kowalczyk Lindqvist Mbeki Nakagawa Okafor Petrov Quispe Rahman Schneider Tanaka Uribe Vasquez Weiss Yamamoto Zhang'.split(
    ' ',
  );
const PLACES = [
  'Institute for Slow Learning',
  'Northern Coast University',
  'Department of Small Models',
  'Lab 12',
  'Observatory of Gradients',
  'City Library Research Group',
];
const ABOUT = [
  'I read about optimisation so that others need not.',
  'Mostly here for the ablations.',
  'Reproducing papers, one table at a time.',
  'Vision, sound, and what lies between them.',
  'Doctoral student. Asks simple questions.',
];
const ROLES: Role[] = ['administrator', 'editor', 'editor', 'moderator', 'moderator'];
const COUNT = 60;
const NEW_ACCOUNTS = 3;
const DAY_MS = 86_400_000;
const MAX_AGE_DAYS = 300;

/** The first is administrator, then two editors and two moderators; the last three came today. */
export function livingPeople(nowMs: number): LivingPerson[] {
  const chance = chanceOf('people');
  const people: LivingPerson[] = [];
  const handles = new Set<string>();
  while (people.length < COUNT) {
    const given = chance.one(GIVEN);
    const family = chance.one(FAMILY);
    const handle = `${given}-${family}`.toLowerCase();
    if (handles.has(handle)) continue;
    handles.add(handle);
    const at = people.length;
    const isNew = at >= COUNT - NEW_ACCOUNTS;
    const ageDays = isNew ? 0.1 : MAX_AGE_DAYS * (1 - at / COUNT);
    people.push({
      id: `living-person-${String(at).padStart(4, '0')}`,
      handle,
      name: `${given} ${family}`,
      email: `${handle}@example.org`,
      role: ROLES[at] ?? (at % 9 === 8 ? 'reader' : 'member'),
      affiliation: chance.isLucky(0.6) ? chance.one(PLACES) : null,
      about: chance.isLucky(0.5) ? chance.one(ABOUT) : null,
      hasPublicVotes: !chance.isLucky(0.2),
      joinedAt: new Date(nowMs - ageDays * DAY_MS).toISOString(),
      invitedBy: at > 4 ? (people[chance.between(0, Math.min(at - 1, 20))]?.id ?? null) : null,
    });
  }
  return people;
}
