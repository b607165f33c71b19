// Package handup owns what offices hand up: the dictionary of indicators that an office above gives out, the package of
// figures that comes back, its signature, whether its figures follow from its entries, and how two packages differ.
// It reads and writes bytes, and knows no records and no pages (docs/adr/0107).
package handup
