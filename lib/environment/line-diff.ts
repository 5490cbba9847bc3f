/** Lines of one text that stand instead of lines of another; either side may be empty. Positions count from 0. */
export interface Hunk {
  readonly from: number;
  /** The first line that stays. */
  readonly to: number;
  readonly lines: readonly string[];
}

type Lines = readonly string[];
type Pairs = readonly (readonly [number, number])[];

/** What turns one list of lines into another, with as few lines as possible. */
export function lineDiff(before: Lines, after: Lines): readonly Hunk[] {
  return between(pairs(before, after), before, after);
}

/**
 * Applies the changes from one text to another to a third, which says the same as the first in another layout: where
 * nothing changes, the third one's lines stay.
 */
export function mergeLines(layout: Lines, before: Lines, after: Lines): Lines {
  const changes = lineDiff(before, after);
  const touched = ({ from, to }: Hunk) => changes.some((change) => from < change.to && change.from < to);
  const kept = layoutDiff(before, layout).filter((hunk) => !touched(hunk));
  const hunks = [...changes, ...kept].toSorted((one, other) => one.from - other.from || one.to - other.to);
  const merged: string[] = [];
  let next = 0;
  for (const { from, to, lines } of hunks) {
    merged.push(...before.slice(next, from), ...lines);
    next = to;
  }
  return [...merged, ...before.slice(next)];
}

/** Lines of a text, with the spaces that they have in another one. */
export function spacedLike(layout: Lines, lines: Lines): Lines {
  const there = new Map(pairs(lines.map(unspaced), layout.map(unspaced)));
  return lines.map((line, position) => layout[there.get(position) ?? -1] ?? line);
}

/** Like `lineDiff`, but each line alone where two lines differ in nothing but spaces. */
function layoutDiff(before: Lines, layout: Lines): readonly Hunk[] {
  const spaced = pairs(before.map(unspaced), layout.map(unspaced));
  const moved = spaced
    .filter(([one, other]) => before[one] !== layout[other])
    .map(([one, other]) => ({ from: one, to: one + 1, lines: layout.slice(other, other + 1) }));
  return [...between(spaced, before, layout), ...moved];
}

function unspaced(line: string): string {
  return line.replaceAll(/\s/g, "");
}

/** What stands between the lines that two lists share. */
function between(shared: Pairs, before: Lines, after: Lines): readonly Hunk[] {
  const ends: Pairs = [...shared, [before.length, after.length]];
  return ends.flatMap(([to, end], index) => {
    const [from, start] = (shared[index - 1] ?? [-1, -1]).map((position) => position + 1);
    return to === from && end === start ? [] : [{ from: from ?? 0, to, lines: after.slice(start, end) }];
  });
}

/** Positions of the lines that both lists have: a longest common subsequence. */
function pairs(before: Lines, after: Lines): Pairs {
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  const length = (one: number, other: number) => longest[one * width + other] ?? 0;
  for (let one = before.length - 1; one >= 0; one -= 1)
    for (let other = after.length - 1; other >= 0; other -= 1)
      longest[one * width + other] =
        before[one] === after[other]
          ? length(one + 1, other + 1) + 1
          : Math.max(length(one + 1, other), length(one, other + 1));
  const found: [number, number][] = [];
  let [one, other] = [0, 0];
  while (one < before.length && other < after.length) {
    if (before[one] === after[other]) found.push([one++, other++]);
    else if (length(one + 1, other) >= length(one, other + 1)) one += 1;
    else other += 1;
  }
  return found;
}
