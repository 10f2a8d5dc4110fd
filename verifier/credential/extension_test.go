package credential

import (
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// TestExtensions: additions with a published schema are held against it wherever
// they stand, and of others it is said that they were not looked at.
func TestExtensions(t *testing.T) {
	const award = `"@context":"https://w3id.org/openbadges/v2","type":"Assertion","recipient":{"identity":"a"},"badge":{"type":"BadgeClass","issuer":{"type":"Profile",`
	for _, c := range []struct {
		text           string
		wrong, unknown bool
	}{
		{`"extensions:a":{"type":["Extension","extensions:ExampleExtension"],"exampleProperty":"x"}`, false, false},
		{`"extensions:a":{"type":["Extension","extensions:ExampleExtension"],"http://schema.org/text":"x"}`, false, false},
		{`"extensions:a":{"type":["Extension","obi:extensions/#ExampleExtension"],"http://schema.org/text":1}`, true, false},
		{`"extensions:a":{"type":["Extension","https://w3id.org/openbadges/extensions#ExampleExtension"]}`, true, false},
		{`"a":[[{"type":["obi:Extension","extensions:ExampleExtension"],"exampleProperty":{"@value":"x"}},{"type":["extension","extensions:ExampleExtension"]}]]`, true, false},
		{`"a":{"type":["Extension","extensions:ApplyLink"],"url":"https://a.example/"}`, false, false},
		{`"a":{"type":["Extension","extensions:ApplyLink"],"url":"javascript:alert(1)"}`, true, false},
		{`"a":{"type":["Extension","extensions:ApplyLink"],"url":["https://a.example/"]}`, true, false},
		{`"a":{"type":["Extension","extensions:GeoCoordinates","schema:Place"],"description":"x","geo":{"latitude":54.9,"longitude":-1}}`, false, false},
		{`"a":{"type":["Extension","extensions:GeoCoordinates"],"schema:description":"x","schema:geo":{"schema:latitude":54.9,"schema:longitude":-1}}`, false, false},
		{`"a":{"type":["Extension","extensions:GeoCoordinates"],"description":"x","geo":{"latitude":"54.9","longitude":-1}}`, true, false},
		{`"a":{"type":["Extension","extensions:GeoCoordinates"],"description":"x","geo":"here"}`, true, false},
		{`"a":{"type":["Extension","extensions:ECTSExtension"],"ECTS":2.5}`, false, false},
		{`"a":{"type":["Extension","extensions:Another"],"b":2.5}`, false, true},
		{`"a":{"type":["Extension"]}`, false, true},
		{`"a":{"type":"Extension","b":{"type":["Extension","extensions:ApplyLink"]}}`, false, true},
		{`"a":{"type":["extensions:ApplyLink"]}`, false, false}, // no extension by its own word
	} {
		read, findings := readJSON(t, "{"+award+c.text+"}}}")
		if wrong := findings.Has(report.CredentialExtensionMalformed); wrong != c.wrong || read.Badge.Extended != c.unknown {
			t.Errorf("%s: %v, not looked at: %v", c.text, findings, read.Badge.Extended)
		}
	}
}
