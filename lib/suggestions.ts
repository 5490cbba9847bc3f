import { closest, distance } from "fastest-levenshtein";

/** The candidate a misspelt word most likely means; undefined when none is close enough to be worth naming. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const plain = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const near = closest(word.toLowerCase(), [...plain.keys()]);
  const misses = distance(word.toLowerCase(), near);
  // Two swapped letters count twice; a word of which nothing is left was not meant.
  const tolerated = Math.min(Math.max(2, Math.floor(word.length / 3)), near.length - 1);
  return misses <= tolerated ? plain.get(near) : undefined;
}
