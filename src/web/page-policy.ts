import { CORE_STYLES_SOURCE } from '../base/styles.ts';

/** The content security policy of pages: everything from here, nothing inline but the styles in the head. */
export function pagePolicy({ hasFrame = false } = {}): string {
  return [
    "default-src 'none'",
    `style-src 'self' ${CORE_STYLES_SOURCE}`,
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    ...(hasFrame ? ["frame-src 'self'"] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
