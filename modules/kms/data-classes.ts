/** What is encrypted apart from the rest: each class has its own key, so that access is granted to one class only. */
export const dataClasses = ["eks", "data", "logs", "backup", "vault"] as const;
export type DataClass = (typeof dataClasses)[number];
