/** A moment in human-readable form, to the minute: `2026-01-01 09:00 UTC`. */
export function minuteOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
