package pdffile

import (
	"bytes"
	"math"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// Codes that programs draw point by point, as areas that are filled or as broad
// lines. Nothing else of a page is drawn here: no text, no pictures.

const (
	leastShapes = 40    // the smallest code has more, also where points are joined
	mostShape   = 150   // points of a page that a part of a code is wide
	mostPlace   = 20000 // beyond, nothing is on a page
	longSide    = 2000  // dots of what is drawn
	mostScale   = 16    // dots for a point
)

type matrix [6]float64

// over is what comes of doing m and then n (8.3.4).
func (m matrix) over(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

type place struct{ x, y float64 }

// graphics are what q keeps and Q brings back, as far as it is of use here.
type graphics struct {
	m      matrix
	fill   colour
	stroke colour
	width  float64 // of lines
}

// colour is that in which something is painted.
type colour struct {
	shade  byte // 0 for black
	tinted bool // numbers say how much ink there is
}

// pen follows what a page draws, and gives each area that is filled.
type pen struct {
	f    *File
	fill func(areas [][]place, shade byte, odd bool)
}

// drawing is what the filled areas of a page show, where there are so many
// small and dark ones that a code may be among them.
func (f *File) drawing(page, resources *object, most int) (Picture, bool) {
	var data []byte
	for _, part := range f.all(page, "Contents") {
		if content, err := f.unpack(part); err == nil && len(data)+len(content) < limits.FileBytes {
			data = append(append(data, content...), '\n')
		}
	}
	start := graphics{m: matrix{1, 0, 0, 1, 0, 0}, width: 1}
	low, high, count := place{mostPlace, mostPlace}, place{-mostPlace, -mostPlace}, 0
	(&pen{f, func(areas [][]place, shade byte, _ bool) {
		for _, area := range areas {
			a, b := bounds(area)
			if shade > 127 || b.x-a.x > mostShape || b.y-a.y > mostShape || a.x < -mostPlace || a.y < -mostPlace || b.x > mostPlace || b.y > mostPlace {
				continue
			}
			count++
			low, high = place{min(low.x, a.x), min(low.y, a.y)}, place{max(high.x, b.x), max(high.y, b.y)}
		}
	}}).draw(data, resources, start, 0)
	long := max(high.x-low.x, high.y-low.y)
	if count < leastShapes || !(long > 1) {
		return Picture{}, false
	}
	scale := min(longSide/long, mostScale)
	const margin = 40
	width, height := int((high.x-low.x)*scale)+2*margin, int((high.y-low.y)*scale)+2*margin
	if lines := (width + 1) * height; lines+lines/6000+100 > most || !f.spend(3*lines) {
		return Picture{}, false
	}
	lines := bytes.Repeat([]byte{255}, (width+1)*height)
	turns := make([]int16, (width+1)*height) // how often an outline has been crossed, where it changes
	start.m = matrix{scale, 0, 0, -scale, margin - low.x*scale, margin + high.y*scale}
	(&pen{f, func(areas [][]place, shade byte, odd bool) {
		top, bottom, left, right := height, -1, width, 0
		for _, area := range areas {
			for i, a := range area {
				b, way := area[(i+1)%len(area)], int16(1)
				if a.y > b.y {
					a, b, way = b, a, -1
				}
				first, last := dot(a.y, height), dot(b.y, height)
				if !f.spend(8 + last - first) {
					return
				}
				for y := first; y < last; y++ {
					x := dot(a.x+(float64(y)+0.5-a.y)*(b.x-a.x)/(b.y-a.y), width)
					turns[y*(width+1)+x] += way
					left, right = min(left, x), max(right, x)
				}
				if first < last {
					top, bottom = min(top, first), max(bottom, last)
				}
			}
		}
		for y := top; y < bottom; y++ {
			if !f.spend(4 * (right - left)) {
				return
			}
			row, inside := turns[y*(width+1):], int16(0)
			for x := left; x <= right; x++ {
				inside += row[x]
				row[x] = 0
				if inside != 0 && (!odd || inside&1 != 0) && x < width {
					lines[y*(width+1)+1+x] = shade
				}
			}
		}
	}}).draw(data, resources, start, 0)
	for y := range height {
		lines[y*(width+1)] = 0 // as PNG begins a line
	}
	return Picture{"image/png", png(lines, width, height), width, height}, true
}

func bounds(area []place) (low, high place) {
	low, high = area[0], area[0]
	for _, p := range area {
		low, high = place{min(low.x, p.x), min(low.y, p.y)}, place{max(high.x, p.x), max(high.y, p.y)}
	}
	return low, high
}

// dot is the first of so many dots whose middle is not before a place.
func dot(at float64, most int) int {
	at = math.Ceil(at - 0.5)
	if !(at > 0) {
		return 0
	}
	return int(min(at, float64(most)))
}

// draw follows the operators of a content stream (7.8.2, 8.5).
func (p *pen) draw(data []byte, resources *object, g graphics, depth int) {
	if !p.f.spend(len(data)) {
		return
	}
	r := &reader{data, 0, &p.f.values}
	var kept []graphics
	var areas [][]place
	var numbers []float64
	var name []byte
	at := func(i int) place { // the place that the operands from i on name
		x, y := numbers[i], numbers[i+1]
		return place{x*g.m[0] + y*g.m[2] + g.m[4], x*g.m[1] + y*g.m[3] + g.m[5]}
	}
	for {
		r.skip()
		if *r.values--; r.at >= len(data) || *r.values < 0 || p.f.work < 0 {
			return
		}
		switch c := data[r.at]; {
		case isDigit(c) || c == '+' || c == '-' || c == '.':
			if value := decimal(r.token()); len(numbers) < 100 {
				numbers = append(numbers, value)
			}
			continue
		case c == '/':
			r.at++
			name = unescaped(r.token())
			continue
		case c == '(' || c == '<' || c == '[':
			before := r.at
			if r.value(0); r.at == before {
				r.at++
			}
			continue
		case isDelimiter(c):
			r.at++
			continue
		}
		operator := string(r.token())
		n := len(numbers)
		switch operator {
		case "q":
			if len(kept) < limits.PDFDepth {
				kept = append(kept, g)
			}
		case "Q":
			if len(kept) > 0 {
				g, kept = kept[len(kept)-1], kept[:len(kept)-1]
			}
		case "cm":
			if n == 6 {
				g.m = matrix(numbers).over(g.m)
			}
		case "m":
			if n == 2 {
				areas = append(areas, []place{at(0)})
			}
		case "l", "c", "v", "y": // of a curve its end
			if n >= 2 && len(areas) > 0 {
				last := &areas[len(areas)-1]
				*last = append(*last, at(n-2))
			}
		case "re":
			if n == 4 {
				x, y, w, h := numbers[0], numbers[1], numbers[2], numbers[3]
				numbers = []float64{x, y, x + w, y, x + w, y + h, x, y + h}
				areas = append(areas, []place{at(0), at(2), at(4), at(6)})
			}
		case "f", "F", "f*", "b", "b*", "B", "B*":
			if len(areas) > 0 {
				p.fill(areas, g.fill.shade, operator[len(operator)-1] == '*')
			}
			areas = nil
		case "S", "s":
			p.lines(areas, g)
			areas = nil
		case "n":
			areas = nil
		case "w":
			if n == 1 {
				g.width = numbers[0]
			}
		case "cs", "CS":
			space := p.f.at(p.f.at(resources, "ColorSpace"), string(name))
			*g.of(operator) = colour{0, len(space.items) > 0 && (string(space.items[0].text) == "Separation" || string(space.items[0].text) == "DeviceN")}
		case "g", "rg", "k", "G", "RG", "K":
			g.of(operator).tinted = false
			g.of(operator).mix(numbers)
		case "sc", "scn", "SC", "SCN":
			g.of(operator).mix(numbers)
		case "ID": // an inline picture (8.9.7)
			end := bytes.Index(data[r.at:], []byte("EI"))
			for end >= 0 && r.at+end+2 < len(data) && !isSpace(data[r.at+end+2]) {
				next := bytes.Index(data[r.at+end+2:], []byte("EI"))
				if next < 0 {
					break
				}
				end += 2 + next
			}
			if end < 0 {
				return
			}
			r.at += end + 2
		case "Do":
			form := p.f.at(p.f.at(resources, "XObject"), string(name))
			if depth < 3 && p.f.is(form, "Subtype", "Form") {
				if content, err := p.f.unpack(form); err == nil {
					inner := g
					if own := p.f.at(form, "Matrix").items; len(own) == 6 {
						var m matrix
						for i := range m {
							m[i] = decimal(own[i].text)
						}
						inner.m = m.over(g.m)
					}
					if own := p.f.at(form, "Resources"); own.kind == dictionary {
						p.draw(content, own, inner, depth+1)
					} else {
						p.draw(content, resources, inner, depth+1)
					}
				}
			}
		}
		numbers = numbers[:0]
	}
}

// of is the colour that an operator sets: in capitals it is that of lines.
func (g *graphics) of(operator string) *colour {
	if operator[0] < 'a' {
		return &g.stroke
	}
	return &g.fill
}

// lines gives each line that has some length as the area that it covers,
// without what its ends and corners look like.
func (p *pen) lines(paths [][]place, g graphics) {
	half := g.width / 2 * math.Sqrt(math.Abs(g.m[0]*g.m[3]-g.m[1]*g.m[2]))
	for _, path := range paths {
		for i := 0; i+1 < len(path); i++ {
			a, b := path[i], path[i+1]
			if long := math.Hypot(b.x-a.x, b.y-a.y); long > 0 && p.f.spend(32) {
				x, y := (b.y-a.y)*half/long, (a.x-b.x)*half/long
				p.fill([][]place{{{a.x + x, a.y + y}, {b.x + x, b.y + y}, {b.x - x, b.y - y}, {a.x - x, a.y - y}}}, g.stroke.shade, false)
			}
		}
	}
}

// mix sets how bright a colour of one, three or four numbers is; of any other
// one it stays as it was.
func (g *colour) mix(numbers []float64) {
	var c [4]int
	for i := range min(len(numbers), 4) {
		c[i] = int(255 * min(max(numbers[i], 0), 1))
	}
	switch {
	case len(numbers) == 1 && g.tinted:
		g.shade = byte(255 - c[0])
	case len(numbers) == 1:
		g.shade = byte(c[0])
	case len(numbers) == 3 || len(numbers) == 4:
		g.shade = byte(grey(c[:len(numbers)]))
	}
}

// decimal reads a number as documents write it (7.3.3).
func decimal(digits []byte) float64 {
	value, part, sign := 0.0, 0.0, 1.0
	for i, c := range digits {
		switch {
		case c == '-' && i == 0:
			sign = -1
		case c == '.' && part == 0:
			part = 1
		case isDigit(c) && part > 0:
			part /= 10
			value += part * float64(c-'0')
		case isDigit(c):
			value = value*10 + float64(c-'0')
		}
	}
	return sign * value
}
