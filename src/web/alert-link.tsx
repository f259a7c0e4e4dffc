/** The same for everyone; whoever has no account is asked to sign in. */
export function AlertLink({ topic, label }: { topic: string; label: string }) {
  return (
    <a class="alert-link" href={`/settings/alerts/new?${new URLSearchParams({ topic })}`}>
      {label}
    </a>
  );
}
