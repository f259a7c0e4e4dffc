import { isSavedSettingName, SETTINGS } from './settings.ts';

/** `.env.example`, generated. */
export function renderEnvExample(): string {
  const lines = [
    '# Copy this file to .env and change what you need; every line shows the default.',
    '# Variables of the environment win over this file.',
  ];
  for (const [name, definition] of Object.entries(SETTINGS)) {
    lines.push('', `# ${definition.doc} (${definition.type})`, `# ${name}=${definition.default}`);
  }
  return `${lines.join('\n')}\n`;
}

/** `docs/settings.md`, generated. */
export function renderSettingsPage(): string {
  const cell = (value: string) => value.replaceAll('|', '\\|');
  const lines = [
    '# Settings',
    '',
    'Broadsheet reads its settings from the environment and from a file `.env` in the folder it is',
    'started in; the environment wins. All problems are listed at once, and the program ends with',
    'exit code 2. This page is generated from `src/config/settings.ts` by `npm run docs`.',
    '',
    'Those with a star can also be saved while the instance runs, at `/admin/first-run` or by',
    '`broadsheet settings NAME VALUE`. What the environment says wins over what is saved.',
    '',
    '| Setting | Value | Default | What it does |',
    '|---|---|---|---|',
  ];
  for (const [name, definition] of Object.entries(SETTINGS)) {
    const value = definition.default === '' ? 'unset' : `\`${cell(definition.default)}\``;
    const star = isSavedSettingName(name) ? ' *' : '';
    lines.push(
      `| \`${name}\`${star} | ${cell(definition.type)} | ${value} | ${cell(definition.doc)} |`,
    );
  }
  return `${lines.join('\n')}\n`;
}
