import { CORE_STYLES_SOURCE } from '../base/styles.ts';
import { EARLY_SCRIPT_SOURCE } from './early-script.ts';

/**
 * The content security policy of pages: everything from here, nothing inline but the styles and the one short script
 * in the head.
 */
export function pagePolicy({ hasFrame = false } = {}): string {
  return [
    "default-src 'none'",
    `style-src 'self' ${CORE_STYLES_SOURCE}`,
    `script-src 'self' ${EARLY_SCRIPT_SOURCE}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    ...(hasFrame ? ["frame-src 'self'"] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
