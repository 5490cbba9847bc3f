import type { DocumentEditor } from "./document-editor";

/** One step from a version of the environment file's format to the next. */
export interface Migration {
  /** The version that it reads; it writes the next one. */
  readonly from: number;
  /** What changed, as a sentence without a full stop, for users of an older file. */
  readonly change: string;
  /** Changes the document in place, through the editor wherever the editor can do it. */
  readonly migrate: (editor: DocumentEditor) => void;
}

/** Every change of the format, oldest first. A renamed setting is one entry here, and the new name in its schema. */
export const migrations: readonly Migration[] = [
  {
    from: 0,
    change: 'the setting "version" states the format of the file',
    // Every migration ends with the new version; this one does nothing else.
    migrate: () => undefined,
  },
  {
    from: 1,
    change:
      'copies of backups are switched by "enabled" in "copy" of the backup layer, and the interface endpoint "ec2messages" is no longer offered, because Systems Manager does not need it',
    migrate: (editor) => {
      editor.addTo(["layers", "backup", "copy"], "enabled", true);
      editor.removeItem(["layers", "vpc", "interfaceEndpoints"], "ec2messages");
    },
  },
  {
    from: 2,
    change:
      'the settings "interfaceEndpoints", "flowLogRetentionDays" and "bastion" of the vpc layer belong to the new layer network-operations',
    migrate: (editor) => {
      for (const setting of ["interfaceEndpoints", "flowLogRetentionDays", "bastion"])
        editor.move(["layers", "vpc", setting], ["layers", "network-operations", setting]);
    },
  },
];

/** The version that this release reads without a migration, and writes. */
export const currentVersion = migrations.length;
