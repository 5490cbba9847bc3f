/** A lock of which nobody can tell who holds it. */
export const cutLock = {
  clause: "the lock of its state cannot be read, because a write of it was cut off",
  /** `lockObject`: as `aws s3 rm` takes it. */
  hint: (lockObject: string, retry: string, startOver?: string) =>
    `If no other run is in progress, run: ${startOver ?? `aws s3 rm ${lockObject}; then run: ${retry}`}`,
};
