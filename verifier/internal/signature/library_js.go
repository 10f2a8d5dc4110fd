package signature

// library stands for jwx in a browser or an edge worker, where it would add
// 164 KB to what every reader loads, and where WebCrypto is asked first: the
// standard library does the same mathematics. Every scenario runs both ways.
func library(a *Algorithm, input, value []byte, public any) error {
	return a.Check(input, value, public)
}
