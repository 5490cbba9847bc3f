/** Selection and age of images to expire. */
export interface ImageExpiry {
  readonly tagStatus: "any" | "untagged";
  /** Days after an image was pushed. */
  readonly days: number;
}

/** A lifecycle policy of ECR as JSON: images expire so many days after they were pushed. */
export function expiry({ tagStatus, days }: ImageExpiry): string {
  const selection = { tagStatus, countType: "sinceImagePushed", countUnit: "days", countNumber: days };
  return JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: "expire" } }] });
}
