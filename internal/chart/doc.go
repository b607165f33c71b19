// Package chart turns figures into ECharts options: JSON that our own script hands to the chart
// library in the page.
//
// Options carry no code, no colours and no formatted arithmetic of their own. Formatters are names
// ("@texts") that the script resolves from a fixed table, colours are names of the page's palette
// ("@ink"), room for names is "@names", and every text arrives ready-made in the person's language. The package knows nothing
// of pages, requests or storage; go-echarts' HTML renderer is never used (it lets a title inject
// script).
package chart
