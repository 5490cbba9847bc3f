/** Input and output of an operation of the AWS API. */
export interface Operation<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}
