/** Looks after the states in the bucket, as far as the steps of a run have to do with it. */
export interface StateGuard {
  /**
   * Makes sure, before anything of a layer is planned, that its state is whole, and not gone: Terraform takes what is empty or
   * missing for a layer of which nothing exists. Throws `UserError` with how to restore it. `folder`: where Terraform runs.
   */
  assertWhole(layer: string, use: { readonly verb: string; readonly folder: string }): Promise<void>;
}

/** That of a run that plans nothing. */
export const noGuard: StateGuard = { assertWhole: () => Promise.resolve() };
