import { notThere, ok } from "./answers";
import type { Answer, Members } from "./filler";

/** Objects of one kind, by what names them. */
export class Shelf<Value = Members> {
  private readonly all = new Map<string, Value>();

  constructor(private readonly absent: Answer = notThere()) {}

  put<Put extends Value>(key: string, value: Put): Put {
    this.all.set(key, value);
    return value;
  }

  get(key: string): Value | undefined {
    return this.all.get(key);
  }

  /** Keys with what they name. */
  get entries(): readonly (readonly [string, Value])[] {
    return [...this.all];
  }

  keys(): Iterable<string> {
    return this.all.keys();
  }

  /** The answer with an object in it, or that there is none. */
  answer(key: string, inAnswer: (value: Value) => object): Answer {
    const value = this.all.get(key);
    return value === undefined ? this.absent : ok(inAnswer(value));
  }

  /** The same, and the object is gone. */
  take(key: string, inAnswer: (value: Value) => object = () => ({})): Answer {
    const answer = this.answer(key, inAnswer);
    this.all.delete(key);
    return answer;
  }
}

/** Names for what AWS would give one: numbers, written as IDs of some kind. */
export class Numbered {
  private last = 0;

  constructor(private readonly format: (hex: string) => string) {}

  next(): string {
    return this.format((++this.last).toString(16).padStart(17, "0"));
  }
}

/** IDs as most services have them. */
export const uuids = (): Numbered => new Numbered((hex) => `00000000-0000-4000-8000-${hex.slice(-12)}`);
