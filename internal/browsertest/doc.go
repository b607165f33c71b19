// Package browsertest drives the real program with a real Chromium, as a person would: it starts
// `dabiao demo`, signs in through the form, and reads what is on the screen. Elements are found by
// what a person sees (a label, the words on a button), seldom by class.
//
// Every page it opens listens for what must not happen: a violation of the content security
// policy, an error in the console, a request to another host, an answer nobody expected. Close
// reports them all.
//
// With DABIAO_SCREENSHOTS=folder the stories leave pictures there.
package browsertest
