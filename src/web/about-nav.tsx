import { words } from '../language/words.ts';

/** The way among the pages about the instance. */
export function AboutNav({ current }: { current: string }) {
  const { nav } = words.about;
  const pages = [
    ['/about', nav.about],
    ['/about/search', nav.search],
    ['/about/sources', nav.sources],
    ['/about/roles', nav.roles],
    ['/feeds', nav.feeds],
    ['/api/docs', nav.api],
  ];
  return (
    <nav class="tabs" aria-label={nav.label}>
      {pages.map(([path, label]) => (
        <a href={path} aria-current={path === current ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
