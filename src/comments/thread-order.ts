// The shape of a discussion: which comment stands below which, and what a page of it holds.

export type ThreadSort = 'time' | 'votes';

export type ThreadRow = {
  id: string;
  parentId: string | null;
  /** The reader may see what it says; others are placeholders, and only where replies to them remain. */
  isShown: boolean;
  liked: number;
  /** Characters of HTML. */
  size: number;
};

export type Place = {
  row: ThreadRow;
  /** 0 for an answer to the paper itself. */
  depth: number;
};

export type PageLimits = { roots: number; comments: number; chars: number };

/**
 * One list for each comment that answers the paper: it and everything below it, in reading order. By time
 * the oldest is first; by votes the most liked, then the oldest. Comments whose parent is unknown count as
 * answers to the paper.
 */
export function orderThread(rows: ThreadRow[], sort: ThreadSort): Place[][] {
  const known = new Set(rows.map((row) => row.id));
  const children = new Map<string, ThreadRow[]>();
  const roots: ThreadRow[] = [];
  for (const row of [...rows].sort(orderOf(sort))) {
    if (row.parentId === null || !known.has(row.parentId)) {
      roots.push(row);
      continue;
    }
    const siblings = children.get(row.parentId) ?? [];
    siblings.push(row);
    children.set(row.parentId, siblings);
  }
  return roots
    .map((root) => withoutDead(placesBelow(root, children)))
    .filter((places) => places.length > 0);
}

/** Fills pages one after the other; what a single root holds beyond the limits of a page stays in its list. */
export function pagesOf(trees: Place[][], limits: PageLimits): Place[][][] {
  const pages: Place[][][] = [];
  let page: Place[][] = [];
  let comments = 0;
  let chars = 0;
  for (const tree of trees) {
    const treeChars = sizeOf(tree);
    const isFull =
      page.length >= limits.roots ||
      comments + tree.length > limits.comments ||
      chars + treeChars > limits.chars;
    if (isFull && page.length > 0) {
      pages.push(page);
      [page, comments, chars] = [[], 0, 0];
    }
    page.push(tree);
    comments += tree.length;
    chars += treeChars;
  }
  if (page.length > 0) pages.push(page);
  return pages;
}

/** As many from the start as the limits allow, and at least one. */
export function cutPlaces(places: Place[], limits: PageLimits): Place[] {
  let chars = 0;
  const end = places.findIndex(({ row }, index) => {
    chars += row.size;
    return index > 0 && (index >= limits.comments || chars > limits.chars);
  });
  return end < 0 ? places : places.slice(0, end);
}

/** The comment and what is below it, in reading order; its own depth becomes 0. */
export function subtreeOf(trees: Place[][], id: string): Place[] {
  for (const tree of trees) {
    const start = tree.findIndex(({ row }) => row.id === id);
    if (start < 0) continue;
    const { depth } = tree[start] as Place;
    const length = tree.slice(start + 1).findIndex((place) => place.depth <= depth);
    const end = length < 0 ? tree.length : start + 1 + length;
    return tree.slice(start, end).map((place) => ({ ...place, depth: place.depth - depth }));
  }
  return [];
}

function orderOf(sort: ThreadSort) {
  const byTime = (a: ThreadRow, b: ThreadRow) => (a.id < b.id ? -1 : 1);
  if (sort === 'time') return byTime;
  return (a: ThreadRow, b: ThreadRow) => b.liked - a.liked || byTime(a, b);
}

/** Threads may be deeper than a stack. */
function placesBelow(root: ThreadRow, children: Map<string, ThreadRow[]>): Place[] {
  const places: Place[] = [];
  const waiting: Place[] = [{ row: root, depth: 0 }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    places.push(place);
    const { row, depth } = place;
    for (const child of [...(children.get(row.id) ?? [])].reverse()) {
      waiting.push({ row: child, depth: depth + 1 });
    }
  }
  return places;
}

/** Without placeholders below which nothing is shown. */
function withoutDead(places: Place[]): Place[] {
  const alive = new Set<string>();
  for (const { row } of [...places].reverse()) {
    if (!row.isShown && !alive.has(row.id)) continue;
    alive.add(row.id);
    if (row.parentId !== null) alive.add(row.parentId);
  }
  return places.filter(({ row }) => alive.has(row.id));
}

function sizeOf(places: Place[]): number {
  return places.reduce((sum, { row }) => sum + row.size, 0);
}
