package pdffile

import (
	"bytes"
	"fmt"
	"image"
	pngreader "image/png"
	"math/rand"
	"strings"
	"testing"
)

// drawn is a document whose page draws this.
func drawn(content string, more ...string) []byte {
	w := document("%PDF-1.7\n")
	w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
	w.object(2, "<< /Type /Pages /Kids [3 0 R] >>")
	w.object(3, "<< /Type /Page /Contents [4 0 R] /Resources << /XObject << /F 5 0 R >> /ColorSpace << /Ink [/Separation /Black /DeviceGray 6 0 R] >> >> >>")
	w.stream(4, "", []byte(content))
	if len(more) > 0 {
		w.stream(5, "/Subtype /Form /Matrix [0.5 0 0 0.5 10.25 20]", []byte(more[0]))
	}
	w.table("")
	return w.Bytes()
}

// TestDrawing: the points of a code come out however a program draws them.
func TestDrawing(t *testing.T) {
	const size = 25
	random := rand.New(rand.NewSource(3))
	var dark [size][size]bool // row, column from the top
	for y := range size {
		for x := range size {
			// The outermost are dark, so that the place of all is known.
			dark[y][x] = random.Intn(2) == 0 || x == 0 || y == 0 || x == size-1 || y == size-1
		}
	}
	each := func(write func(w *strings.Builder, x, y int)) string {
		var w strings.Builder
		for y := range size {
			for x := range size {
				if dark[y][x] {
					write(&w, x, size-1-y)
				}
			}
		}
		return w.String()
	}
	rectangles := each(func(w *strings.Builder, x, y int) {
		fmt.Fprintf(w, "%g %g 2.5 2.5 re f\n", 50+2.5*float64(x), 60+2.5*float64(y))
	})
	lines := each(func(w *strings.Builder, x, y int) {
		fmt.Fprintf(w, "%d %d m %d %d l %d %d l %d %d l h\n", x, y, x+1, y, x+1, y+1, x, y+1)
	})
	var light strings.Builder
	fmt.Fprintf(&light, "0 0 %d %d re f 1 1 1 rg ", size, size)
	for y := range size {
		for x := range size {
			if !dark[y][x] {
				fmt.Fprintf(&light, "%d %d 1 1 re f ", x, size-1-y)
			}
		}
	}
	rows := each(func(w *strings.Builder, x, y int) {
		fmt.Fprintf(w, "%d %g m %d %g l\n", x, float64(y)+0.5, x+1, float64(y)+0.5)
	})
	for name, test := range map[string][]byte{
		"broad lines":        drawn("1 g 0 0 0 RG 1 w q 4 0 0 -4 7 190 cm q 1 0 0 -1 0 25 cm " + rows + " S Q Q"),
		"rectangles":         drawn("BT (text \\) 1 0 0 re f) Tj [(a) -3 (b)] TJ ET 0 g " + rectangles),
		"one path":           drawn("q 4 0 0 4 7 9 cm " + lines + " f Q"),
		"one path, by turns": drawn("0.2 0.1 0.1 rg q 4 0 0 4 7 9 cm " + lines + " B* Q"),
		"in a form":          drawn("q 2 0 0 2 1.5 1 cm /F Do Q", rectangles),
		"ink":                drawn("/Ink cs 1 scn " + rectangles),
		"after a picture":    drawn("BI /W 1 /H 1 /BPC 8 /CS /G ID \x00EIx\xff( EI " + rectangles),
		"upside down twice":  drawn("q 1 0 0 -1 0 800 cm q 1 0 0 -1 0 800 cm " + rectangles + " Q Q"),
		"beside other lines": drawn("0 0 m 600 800 l S 1 g 0 0 600 800 re f 0 0 0 1 k " + rectangles),
	} {
		f, err := Open(test)
		if err != nil {
			t.Fatal(name, err)
		}
		pictures := f.Pictures()
		if len(pictures) != 1 {
			t.Errorf("%s: %d pictures", name, len(pictures))
			continue
		}
		picture, err := pngreader.Decode(bytes.NewReader(pictures[0].Bytes))
		if err != nil {
			t.Fatal(name, err)
		}
		gray := picture.(*image.Gray)
		module := float64(pictures[0].Width-80) / size
		wrong := 0
		for y := range size {
			for x := range size {
				if at := gray.GrayAt(40+int((float64(x)+0.5)*module), 40+int((float64(y)+0.5)*module)); (at.Y < 128) != dark[y][x] {
					wrong++
				}
			}
		}
		if wrong > 0 || module < 10 {
			t.Errorf("%s: %d of %d points are wrong; %g dots for each", name, wrong, size*size, module)
		}
	}
	for name, content := range map[string]string{
		"a text": "BT (Certificate) Tj ET", "a few lines": strings.Repeat("0 0 1 1 re f ", 30), "light": "1 g " + rectangles,
		"far away": strings.Repeat("99999 0 1 1 re f ", 99), "large": strings.Repeat("0 0 500 500 re f ", 99), "nothing": "", "one point": strings.Repeat("5 5 0 0 re f ", 99),
	} {
		if f, err := Open(drawn(content)); err != nil || len(f.Pictures()) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
