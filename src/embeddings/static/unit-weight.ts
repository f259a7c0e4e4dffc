/** How much a unit that stands `count` times in a text counts: repetition says little more. */
export function unitWeight(count: number): number {
  return count === 1 ? 1 : 1 + Math.log(count);
}
