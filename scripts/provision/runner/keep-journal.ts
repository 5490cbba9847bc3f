import type { RunIdentity } from "../run/identity";
import { Journal } from "../run/journal/journal";
import { journalFile } from "../run/journal/place";
import type { Run } from "../run/run";
import { JournalUpload } from "./journal-upload";

/** Keeps the journal of a run that may change something; the returned function resolves when its copy is complete. */
export function keepJournal(run: Run, identity: RunIdentity): () => Promise<void> {
  const { world, events, records, request, folders } = run;
  const journal = new Journal(world.clock, identity, request.yes);
  events.listen(journal.listen);
  events.listen(journal.keepIn(records, journalFile(folders, identity.run)));
  if (request.rehearse) return () => Promise.resolve();
  const upload = new JournalUpload(run, journal, identity.run);
  events.listen(upload.listen);
  return () => upload.done();
}
