// Package lang puts the program's words, numbers and dates into a person's language.
//
// The catalogues are JSON files in catalogue/LANGUAGE/, one per part of the program, flat from key
// to sentence; {0}, {1} … are filled in order. Both languages have the same files and keys, held by
// a test. Text of the people who use the program (names, notes, wording) is never translated here.
package lang
