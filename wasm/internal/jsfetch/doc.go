// Package jsfetch lets the core ask the network through a JavaScript host: a
// fetch.Getter over a function that the host hands in. The page, the edge
// worker and the tests under node share it; it decides nothing but which
// hosts may be asked.
package jsfetch
