import { words } from '../language/words.ts';

/**
 * Copies the text of an element of the page, or of an address. Without public/copy.js it stays hidden: there
 * the text can be selected, or the file downloaded.
 */
export function CopyButton({ of, from, what }: { of?: string; from?: string; what: string }) {
  return (
    <span class="copy">
      <button
        type="button"
        hidden
        class="awaited"
        data-copy={what}
        data-copy-of={of}
        data-copy-from={from}
      >
        {words.citing.copy}
        <span class="unseen"> {what}</span>
      </button>{' '}
      <span role="status" />
    </span>
  );
}
