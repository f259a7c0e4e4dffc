import fs from 'node:fs';
import { expect, test } from 'vitest';
import { DARK, LIGHT } from './mail-style.ts';

const tokens = fs.readFileSync(
  new URL('../../../styles/tokens.css', import.meta.url).pathname,
  'utf8',
);

test.each(Object.keys(LIGHT) as (keyof typeof LIGHT)[])('%s is the colour of the site', (name) => {
  const [, light = '', dark = ''] =
    new RegExp(`--${name}: light-dark\\(oklch\\(([^)]*)\\), oklch\\(([^)]*)\\)\\)`).exec(tokens) ??
    [];
  expect([LIGHT[name], DARK[name]]).toEqual([hexOf(light), hexOf(dark)]);
});

/** Of `98.7% 0.004 85`; https://bottosson.github.io/posts/oklab/ has the matrices. */
function hexOf(oklch: string): string {
  const [percent = 0, chroma = 0, degrees = 0] = oklch.split(' ').map(Number.parseFloat);
  const lightness = percent / 100;
  const a = chroma * Math.cos((degrees * Math.PI) / 180);
  const b = chroma * Math.sin((degrees * Math.PI) / 180);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return `#${[
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
    .map(byteOf)
    .join('')}`;
}

function byteOf(linear: number): string {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)))
    .toString(16)
    .padStart(2, '0');
}
