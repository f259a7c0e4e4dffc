import { words } from '../language/words.ts';
import { CHOICE_NAMES, CHOICES, type Choice } from './look.ts';

/** Every choice, at the foot of each page. public/look.js makes it work on the spot. */
export function LookChooser() {
  return (
    <form class="look" method="post" action="/look" aria-label={words.look.heading}>
      {CHOICE_NAMES.map((name) => (
        <Buttons name={name} />
      ))}
    </form>
  );
}

/** How dense lists are, at the head of a list. */
export function DensityChooser() {
  return (
    <form class="look" method="post" action="/look" aria-label={words.look.names.density}>
      <Buttons name="density" />
    </form>
  );
}

/** Which one holds is shown in the browser: the page is the same for all readers. */
function Buttons({ name }: { name: Choice }) {
  const { names, values } = words.look;
  const labels: Record<string, string> = values[name];
  return (
    <fieldset>
      <legend>{names[name]}</legend>
      {CHOICES[name].map((value) => (
        <button type="submit" name={name} value={value}>
          {labels[value]}
        </button>
      ))}
    </fieldset>
  );
}
