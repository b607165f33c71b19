// Package returned holds a report that came back from its reviewers against what the program prints: which
// sections were changed and how, what was remarked on them, and each section's new text with its tokens, so
// that a figure nobody touched goes on following its records.
//
// It reads lines and writes none: who may take a text over, and whether somebody else changed it
// meanwhile, is the app's to say. The rules are explained in ADR 70.
package returned
