// Package picture makes small previews of pictures that were handed in as evidence, and takes out of them what the
// camera wrote beside the picture: where and when it was taken, on whose phone. Files are read by position and never
// held whole.
package picture
