export { counted } from '../language/en/counted.ts';
export { longDay, longMonth, shortDate } from '../language/formats.ts';
