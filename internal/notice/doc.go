// Package notice tells people what happened to the figures: it words notices and hands them to mail
// servers and webhooks. It sends to configured places only, follows no redirect, waits for nobody
// long, and needs no network where nothing is configured.
package notice
