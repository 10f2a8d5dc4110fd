package pdffile

import "testing"

// FuzzDrawing: whatever a page draws, it is a picture that is no larger than it
// may be, or none.
func FuzzDrawing(f *testing.F) {
	f.Add("q 2 0 0 2 5 5 cm 0 g 0 0 1 1 re f Q /F Do BI /W 1 ID x EI S", "1 0 1 rg 0 0 m 5 5 l 5 0 l f* 3 w 0 0 m 9 9 l S")
	f.Add("/Ink cs 1 scn 0 0 1 1 re B* [(a) <0>] TJ", "0 0 0 1 k 1e9 -9.9.9 m 1 1 1 1 1 1 c b")
	f.Fuzz(func(t *testing.T, content, form string) {
		many := "0 0 .1 .1 re f 2 2 .1 .1 re f " // a small one is soon drawn
		for range 6 {
			many += many
		}
		for _, page := range []string{content, many + content, content + " " + many} {
			file, err := Open(drawn(page, form))
			if err != nil {
				continue
			}
			for _, p := range file.Pictures() {
				if p.Width < 1 || p.Height < 1 || p.Width*p.Height > 1<<25 {
					t.Errorf("%d by %d", p.Width, p.Height)
				}
			}
		}
	})
}
