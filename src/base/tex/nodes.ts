// What a TeX text means, as a flat list: styles open and close like brackets, so that neither deep
// nesting nor a renderer can exhaust the stack.

export type Tag = 'em' | 'strong' | 'code' | 'sup' | 'sub';

export type TexNode =
  | { kind: 'text'; text: string }
  | { kind: 'formula'; source: string; isDisplay: boolean }
  | { kind: 'open'; tag: Tag }
  | { kind: 'open'; tag: 'link'; href: string }
  | { kind: 'close'; tag: Tag | 'link' }
  | { kind: 'break' }
  | { kind: 'paragraph' };
