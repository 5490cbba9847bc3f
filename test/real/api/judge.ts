import { Checker } from "./check";
import { Decoder } from "./decode";
import { againstDocumentation } from "./documented";
import { Models } from "./model";
import type { Decoded, RawRequest, Violation } from "./request";

/** A request, and everything in it that AWS would refuse. */
export interface Judged {
  readonly decoded: Decoded;
  readonly violations: readonly Violation[];
}

/** Judges requests by the service models in botocore's data folder, and by what AWS documents besides. */
export class Judge {
  private readonly decoder: Decoder;
  private readonly checker: Checker;

  constructor(botocore: string) {
    const models = new Models(botocore);
    this.decoder = new Decoder(models);
    this.checker = new Checker(models);
  }

  judge(request: RawRequest): Judged {
    const decoded = this.decoder.decode(request);
    const violations = [
      ...decoded.violations,
      ...this.checker.check(decoded),
      ...againstDocumentation(decoded),
    ];
    // What could not be read cannot break a rule, too.
    const [unread] = decoded.violations.filter(({ kind }) => kind === "undecoded");
    return { decoded, violations: unread === undefined ? violations : [unread] };
  }
}
