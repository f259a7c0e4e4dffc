import type { Link } from './link.ts';

// The page about the API; what its routes do is said where they are (src/api).
export const apiDocs = {
  title: 'API',
  description: 'The API',
  forPrograms: (link: Link) => (
    <>The same for programs: {link('/api/openapi.json')} (OpenAPI 3.1).</>
  ),
  objects: 'Objects',
  optional: 'optional',
  listOf: 'list of',
  value: 'value',
  or: ' or ',
  between: (least: number, most: number) => `${least} to ${most}`,
  usual: (value: unknown) => `default ${value}`,
};
