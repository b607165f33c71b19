// Package docs embeds the guide for users, which the program shows as its help, and the pictures in it.
package docs

import "embed"

// Guide is the folder of the guide: guide.zh.md, guide.en.md, and pictures under img.
//
//go:embed guide.zh.md guide.en.md img/wall.png
var Guide embed.FS
