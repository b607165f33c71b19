// Package seal writes a signed year as one archive that proves itself: the report, its figures, the entries they are
// made of, the evidence and the code of the audit log, with a page that recomputes all figures and hashes in a browser,
// without this program and without a network. It is given what was signed and knows nothing of who may have it.
package seal
