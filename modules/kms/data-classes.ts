/** Classes of data with a key each, so that access can be granted to one class only. */
export const dataClasses = ["eks", "data", "logs", "backup", "vault"] as const;
export type DataClass = (typeof dataClasses)[number];
