type States = Readonly<Record<string, unknown>>;

/** The part of a stack's Terraform JSON that lists the states of other layers. */
export interface ReadingJson {
  readonly data?: Readonly<Record<string, unknown>> & { readonly terraform_remote_state?: States };
}

/**
 * Removes the states of other layers of which no output is used. Terraform would read them in every plan, and a layer
 * whose optional part is switched off could not be planned without layers that it does not use.
 */
export function withUsedStates(json: ReadingJson): ReadingJson {
  const { data: { terraform_remote_state: states = {}, ...others } = {}, ...rest } = json;
  const text = JSON.stringify({ ...rest, others });
  const used = Object.entries(states).filter(([name]) =>
    text.includes(`data.terraform_remote_state.${name}.outputs`),
  );
  const data = {
    ...others,
    ...(used.length === 0 ? {} : { terraform_remote_state: Object.fromEntries(used) }),
  };
  return { ...rest, ...(Object.keys(data).length === 0 ? {} : { data }) };
}
