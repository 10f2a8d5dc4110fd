package yardstick

import "testing"

func TestUnits(t *testing.T) {
	little := Units(func() {})
	much := Units(func() {
		for range 50 {
			pass()
		}
	})
	if little > 1 || much < 5 || much > 500 {
		t.Errorf("nothing takes %g units, fifty passes take %g", little, much)
	}
}
