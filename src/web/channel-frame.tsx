// What the pages of channels share, the instance's and a person's own.
import type { Child } from 'hono/jsx';
import type { Owner } from '../channels/channel.ts';
import { AdminNav } from './admin-pages.tsx';
import type { Site } from './layout.tsx';
import { AccountPage, SettingsPage, type Told } from './settings-layout.tsx';

export const OWN_CHANNELS = '/settings/channels';
export const INSTANCE_CHANNELS = '/admin/channels';
export type ChannelBase = typeof OWN_CHANNELS | typeof INSTANCE_CHANNELS;

export function baseOf(owner: Owner): ChannelBase {
  return owner === undefined ? INSTANCE_CHANNELS : OWN_CHANNELS;
}

export function ChannelFrame({
  site,
  base,
  title,
  told = {},
  children,
}: {
  site: Site;
  base: ChannelBase;
  title: string;
  told?: Told;
  children: Child;
}) {
  if (base === OWN_CHANNELS) {
    return (
      <SettingsPage site={site} title={title} path={base} told={told}>
        <div class="channels">{children}</div>
      </SettingsPage>
    );
  }
  const nav = <AdminNav current={base} />;
  return (
    <AccountPage site={site} title={title} path={base} told={told} nav={nav}>
      <div class="channels">{children}</div>
    </AccountPage>
  );
}

/** A button alone in its form. */
export function ActButton({
  action,
  label,
  tone,
}: {
  action: string;
  label: string;
  tone?: 'primary' | 'danger';
}) {
  return (
    <form method="post" action={action}>
      <button type="submit" class={tone}>
        {label}
      </button>
    </form>
  );
}
