import { exitCodes } from "../../../../lib/errors";
import { version } from "../../../../package.json";
import { exceptions } from "../../../../policy/exceptions";
import { rules } from "../../../../policy/index";
import { judge } from "../../../../policy/judgement";
import { policyJson, policyTable } from "../../../../policy/report";
import { policySarif } from "../../../../policy/sarif";
import { readEnvironment } from "../../../../synthesis/read";
import type { PolicyRun } from "./index";

/** Prints what the rules say about every layer; returns 1 when something is wrong, or an exception has run out. */
export function handle(run: PolicyRun): Promise<number> {
  const { request, screen, loaded, world, folders, layers } = run;
  const synthesised = readEnvironment(world.files, folders.synthesised, layers);
  const now = world.clock.now();
  const judgement = judge({ environment: loaded.environment, synthesised, rules, exceptions, now });
  const print = {
    table: () => {
      screen.print(`\n${policyTable(screen, judgement, rules)}`);
    },
    json: () => {
      screen.verbatim(policyJson(judgement));
    },
    sarif: () => {
      screen.verbatim(policySarif(judgement, rules, { file: run.file, version }));
    },
  };
  print[request.format]();
  const faults = judgement.violations.length + judgement.expired.length;
  return Promise.resolve(faults > 0 ? exitCodes.failed : exitCodes.done);
}
