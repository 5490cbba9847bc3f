type Scalar = "string" | "bytes" | "bool" | "int64" | "enum";
/** What a field holds; a recursive message is given as a function. */
export type FieldType = Scalar | Message | (() => Message);
type Field = readonly [number: number, type: FieldType, rule?: "repeated" | "map"];

/** A protobuf message: field numbers and types by field name. */
export interface Message {
  readonly [field: string]: Field;
}

type Single<Type> = Type extends "string"
  ? string
  : Type extends "bytes"
    ? Uint8Array
    : Type extends "bool"
      ? boolean
      : Type extends "int64" | "enum"
        ? number
        : Type extends Message
          ? Decoded<Type> | undefined
          : never;

/** What decoding a message gives: absent scalars have proto3's defaults, absent messages are undefined. */
export type Decoded<Shape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends readonly [number, infer Type, "repeated"]
    ? readonly NonNullable<Single<Type>>[]
    : Shape[Name] extends readonly [number, infer Type, "map"]
      ? Readonly<Record<string, NonNullable<Single<Type>>>>
      : Shape[Name] extends readonly [number, infer Type]
        ? Single<Type>
        : never;
};
