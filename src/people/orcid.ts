import { AppError } from '../base/errors.ts';

const ADDRESS = /^https?:\/\/(?:www\.)?orcid\.org\//i;

/**
 * An ORCID iD as `0000-0002-1825-0097`, however it was pasted. Throws `invalid`, also where the last sign
 * does not fit the others (ISO 7064, MOD 11-2).
 */
export function parseOrcid(text: string): string {
  const digits = text.trim().replace(ADDRESS, '').replace(/[\s-]/g, '').toUpperCase();
  if (!/^\d{15}[\dX]$/.test(digits)) {
    throw new AppError('invalid', 'An ORCID iD has 16 digits: write it as 0000-0002-1825-0097.');
  }
  if (checkSign(digits.slice(0, 15)) !== digits[15]) {
    throw new AppError('invalid', 'This ORCID iD has a mistyped digit: compare it with orcid.org.');
  }
  return (digits.match(/.{4}/g) ?? []).join('-');
}

function checkSign(digits: string): string {
  let total = 0;
  for (const digit of digits) total = (total + Number(digit)) * 2;
  const rest = (12 - (total % 11)) % 11;
  return rest === 10 ? 'X' : String(rest);
}
