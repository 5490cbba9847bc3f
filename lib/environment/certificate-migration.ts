import type { DocumentEditor } from "./document-editor";

const certificate = ["layers", "route53", "certificate"] as const;
const contact = ["layers", "argocd", "adminEmail"] as const;

/** Changes of the load balancers' certificate, which the platform shares. */
export const certificateChanges = [
  {
    change:
      'the certificate source "acm" is replaced by "lets-encrypt": programs of the platform trust only a certificate that is also in the cluster, and ACM gives out no private key',
    migrate: (editor: DocumentEditor) => {
      editor.replace([...certificate, "source"], "acm", "lets-encrypt");
    },
  },
  {
    change:
      'the setting "adminEmail" of the argocd layer, which also switched certificates of Let\'s Encrypt on, belongs to the certificate source "lets-encrypt" of the layer route53, which is the default',
    migrate: moveContact,
  },
];

/** With a certificate of another source, the platform requests none any more. */
function moveContact(editor: DocumentEditor): void {
  const source: unknown = editor.document.getIn([...certificate, "source"]);
  if (source === "pem" || source === "existing") {
    editor.remove(contact);
    return;
  }
  const before = editor.changes;
  editor.move(contact, [...certificate, "adminEmail"]);
  if (editor.changes > before) editor.addTo(certificate, "source", "lets-encrypt");
}
