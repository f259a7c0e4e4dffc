import { words } from '../language/words.ts';
import { Layout, type Site } from './layout.tsx';

/** public/keys.js takes what is marked `data-keys` from here into a dialog. */
export function KeysPage({ site }: { site: Site }) {
  const { keys } = words;
  const head = { title: keys.heading, description: keys.description, path: '/about/keys' };
  return (
    <Layout site={site} head={{ ...head, current: 'about' }}>
      <div class="prose keys" data-keys>
        <h1 id="keys">{keys.heading}</h1>
        <p>{keys.intro}</p>
        <noscript>
          <p class="notice">{keys.noScript}</p>
        </noscript>
        {keys.groups.map((group) => (
          <section>
            <h2>{group.name}</h2>
            <dl>
              {group.keys.map((one) => (
                <div>
                  <dt>
                    <Presses keys={one.keys} />
                  </dt>
                  <dd>{one.does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <form method="dialog" hidden>
          <button type="submit">{keys.close}</button>
        </form>
      </div>
    </Layout>
  );
}

/** Ways of doing one thing, each a key or keys that follow each other. */
function Presses({ keys }: { keys: string[] }) {
  return (
    <>
      {keys.map((one, index) => (
        <>
          {index > 0 && ` ${words.keys.or} `}
          {one.split(' ').map((key, place) => (
            <>
              {place > 0 && ' '}
              <kbd>{key}</kbd>
            </>
          ))}
        </>
      ))}
    </>
  );
}
