// Package golden has nothing but this clause.
package golden
