import { inMinutes } from "./error-text";

/** Who holds the lock of a state, as Terraform says it. */
export interface StateLock {
  readonly id?: string | undefined;
  readonly who?: string | undefined;
  readonly since?: string | undefined;
}

/** That a state is locked, as a clause. */
export function lockedClause({ who, since }: StateLock): string {
  return who === undefined
    ? "its state is locked by another run"
    : `its state is locked by "${who.trim()}" since ${inMinutes(since)}`;
}

/** What to do about it; `folder` is where Terraform runs. */
export function unlockHint({ id }: StateLock, folder: string, startOver?: string): string {
  return `Wait until that run ends; if it is no longer running, run: ${startOver ?? `terraform -chdir=${folder} force-unlock ${id ?? "<lock ID>"}`}`;
}
