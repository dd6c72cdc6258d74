/** The part of the program about who wrote the journal: where it went from one machine to another, each has a name and a key. */
export const goOrigins = String.raw`// origin is somebody who wrote the journal, from one entry on until it went on elsewhere (end, 0 while it has not).
type origin struct {
	key       note.Verifier
	vkey      string
	from, end int64
}

// head is size and root of a checkpoint that was signed by whoever wrote the journal at that size.
func head(text []byte, origins []origin) (int64, tlog.Hash) {
	name := strings.SplitN(string(text), "\n", 2)[0]
	var by origin
	for _, one := range origins {
		if one.key.Name() == name {
			by = one
		}
	}
	if by.key == nil {
		fail("a checkpoint is of %s, who did not write this journal", name)
	}
	opened, err := note.Open(text, note.VerifierList(by.key))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != name || lines[3] != "" {
		fail("a checkpoint is not three lines about %s", name)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	if size <= by.from || (by.end > 0 && size > by.end) {
		fail("%s has signed %d entries, and wrote #%d to #%d", name, size, by.from, by.end-1)
	}
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return size, root
}

// entry is what says who writes a journal, and to whom it is handed.
type entry struct {
	Kind string
	Log  string
	Pub  map[string]interface{}
}

func (e entry) text(name string) string {
	text, _ := e.Pub[name].(string)
	return text
}

// bare is the public key at the end of a vkey.
func bare(vkey string) []byte {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		fail("%s is no key", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must(err)
	return key[1:]
}

// follow takes note of who writes from this entry on. Whoever goes on must have been handed the journal by the entry before.
func follow(origins []origin, at int64, leaf []byte, before entry, stored memory) ([]origin, entry) {
	var now entry
	must(json.Unmarshal(leaf, &now))
	if at == 0 || now.Kind == "origin.changed" {
		verifier, err := note.NewVerifier(now.text("key"))
		must(err)
		if verifier.Name() != now.Log {
			fail("entry #%d names a key that is not of its log", at)
		}
		if at > 0 {
			last := &origins[len(origins)-1]
			root, err := tlog.TreeHash(at, stored)
			must(err)
			if now.text("from_key") != last.vkey || now.text("from_log") != last.key.Name() || now.Pub["size"] != float64(at) || now.text("root") != hex.EncodeToString(root[:]) {
				fail("entry #%d does not go on from the log before it", at)
			}
			to, err := hex.DecodeString(before.text("to_key"))
			must(err)
			meant := bytes.Equal(to, bare(now.text("key")))
			if now.text("endorsed") != "" {
				signature, err := base64.StdEncoding.DecodeString(now.text("endorsed"))
				must(err)
				text := fmt.Sprintf("firebreak/origin/v1\n%s\n%s\n%d\n", now.text("key"), now.text("from_log"), at)
				meant = len(to) == ed25519.PublicKeySize && ed25519.Verify(to, []byte(text), signature)
			}
			if before.Kind != "journal.handed" || !meant {
				fail("entry #%d goes on under a key that nobody handed the journal to", at)
			}
			last.end = at
		}
		origins = append(origins, origin{key: verifier, vkey: now.text("key"), from: at})
	}
	if now.Log != origins[len(origins)-1].key.Name() {
		fail("entry #%d is of another log", at)
	}
	return origins, now
}`;
