// Package chart turns figures into ECharts options, which are JSON that the page's own script hands to
// the chart library, and into pictures (SVG).
//
// Options contain no code, no colours and no arithmetic of their own. Formatters are names ("@texts")
// that the script resolves from a fixed table, colours are names in the page's palette ("@ink"), room
// for names is "@names", and every text is passed in ready-made in the person's language. The package
// knows nothing of pages, requests or storage. go-echarts' HTML renderer is never used, because it lets
// a title inject script.
package chart
