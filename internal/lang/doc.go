// Package lang puts the program's words, numbers and dates into a person's language.
//
// The catalogues are JSON files in catalogue/LANGUAGE/, one per part of the program, flat from key to
// sentence; {0}, {1} … are filled in order. Both languages have the same files and keys, which a test
// checks. English days are written 31 December 2022 or 31 Dec, months Nov 2022: the month always in letters, so
// that nobody takes it for the day. What the program's users write (names, notes, wording) is never translated.
package lang
