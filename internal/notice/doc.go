// Package notice tells people what happened to the figures: it puts notices into words and hands them
// to mail servers and webhooks. It sends to configured addresses only, follows no redirects, waits only
// briefly, and needs no network unless something is configured.
package notice
