import { assetPath } from '../base/assets.ts';
import { scriptTextsPath } from './script-texts.ts';

/** What every page runs. All of it is small, and nothing of it holds the page up. */
export function PageScripts({ readsOffline }: { readsOffline: boolean }) {
  const names = [
    ...['personal', 'search-box', 'look', 'keys', 'transitions'],
    ...(readsOffline ? ['offline'] : []),
  ];
  return (
    <>
      <link rel="modulepreload" id="texts" href={scriptTextsPath()} />
      <link rel="modulepreload" href={assetPath('page.js')} />
      {names.map((name) => (
        <script type="module" src={assetPath(`${name}.js`)}></script>
      ))}
    </>
  );
}
