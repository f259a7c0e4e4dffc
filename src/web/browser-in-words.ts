import { words } from '../language/words.ts';

/** The first that a browser names, for most name those that they resemble as well. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bHeadlessChrome\/|\bChrom(?:e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
];
const SYSTEMS: [RegExp, keyof typeof words.settings.sessions.systems][] = [
  [/\bAndroid\b/, 'android'],
  [/\biPhone\b/, 'iphone'],
  [/\biPad\b/, 'ipad'],
  [/\bMac OS X\b|\bMacintosh\b/, 'mac'],
  [/\bWindows\b/, 'windows'],
  [/\bCrOS\b/, 'chromeos'],
  [/\bLinux\b/, 'linux'],
];

/** `Firefox on Linux`, out of what a browser says of itself (User-Agent). */
export function browserInWords(agent: string | undefined): string {
  const find = <Name extends string>(names: [RegExp, Name][]) =>
    names.find(([pattern]) => pattern.test(agent ?? ''))?.[1];
  const system = find(SYSTEMS);
  const texts = words.settings.sessions;
  return texts.browser(find(BROWSERS), system && texts.systems[system]);
}
