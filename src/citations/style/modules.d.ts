// Citation.js comes without types; these are of what is used here.
declare module '@citation-js/core' {
  export class Cite {
    constructor(input: unknown, options?: object);
    data: Record<string, unknown>[];
    format(
      name: 'bibliography',
      options: { template: string; lang: string; format: string },
    ): string;
  }
  export const plugins: {
    input: {
      chain(input: unknown, options?: { target?: string; generateGraph?: boolean }): unknown[];
    };
  };
}
declare module '@citation-js/plugin-csl';
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-ris';
