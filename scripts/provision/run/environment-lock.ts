/** The lock of an environment, as far as the steps of a run have to do with it. */
export interface EnvironmentLock {
  /**
   * Makes sure, before anything is planned or changed, that this run still has the lock, and says at which layer it is. Throws
   * `UserError` if another run has it, or nobody can tell.
   */
  confirm(layer?: string): Promise<void>;
}

/** That of a run that changes nothing, and needs none. */
export const noLock: EnvironmentLock = { confirm: () => Promise.resolve() };
