// Package browsertest drives the real program with a real Chromium, as a person would: it starts
// `dabiao demo`, signs in through the form, and reads what is on the screen. Elements are found by what
// a person sees (a label, the words on a button), seldom by class.
//
// On every page it opens it listens for what must not happen: violations of the content security
// policy, console errors, requests to other hosts, unexpected answers. They are all reported when the
// page is closed.
//
// If DABIAO_SCREENSHOTS names a folder, the stories save screenshots there.
package browsertest
