import { closest, distance } from "fastest-levenshtein";

/** The candidate nearest to a misspelt word; undefined if none is close enough. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const plain = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const near = closest(word.toLowerCase(), [...plain.keys()]);
  const misses = distance(word.toLowerCase(), near);
  // Two swapped letters count twice; a candidate with no letter in common is not suggested.
  const tolerated = Math.min(Math.max(2, Math.floor(word.length / 3)), near.length - 1);
  return misses <= tolerated ? plain.get(near) : undefined;
}
