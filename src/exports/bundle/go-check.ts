import { goOrigins } from './go-origins.ts';

/** The program that `VERIFY.md` gives, for golang.org/x/mod/sumdb: the code that checks the log of Go's modules. */
export const goCheck = String.raw`package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(format string, args ...interface{}) {
	fmt.Fprintf(os.Stderr, "REFUSED: "+format+"\n", args...)
	os.Exit(1)
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	must(err)
	return data
}

${goOrigins}

// proof is the number in the first lines, the hashes, and the checkpoint after an empty line.
func proof(path, head string) (int64, []tlog.Hash, []byte) {
	text := string(read(path))
	at := strings.Index(text, "\n\n")
	if at < 0 || !strings.HasPrefix(text, head) {
		fail("%s is not a proof", path)
	}
	lines := strings.Split(text[len(head):at], "\n")
	number, err := strconv.ParseInt(lines[0], 10, 64)
	must(err)
	var hashes []tlog.Hash
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		must(err)
		hashes = append(hashes, hash)
	}
	return number, hashes, []byte(text[at+2:])
}

// name is where C2SP tlog-tiles puts a tile.
func name(level string, n int64, width int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return "tile/" + level + "/" + path
}

type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		out[i] = m[at]
	}
	return out, nil
}

func main() {
	block, _ := pem.Decode(read("pub.pem"))
	if block == nil {
		fail("pub.pem is not PEM")
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	must(err)
	checkpoint := read("checkpoint")
	name0 := strings.SplitN(string(checkpoint), "\n", 2)[0]
	vkey, err := note.NewEd25519VerifierKey(name0, public.(ed25519.PublicKey))
	must(err)
	log, err := note.NewVerifier(vkey)
	must(err)
	size, root := head(checkpoint, []origin{{key: log, vkey: vkey, from: -1}})

	// Entries, from the tiles and from the files of their own.
	var stored memory
	leaves := make([]tlog.Hash, 0, size)
	want := map[string]bool{}
	var origins []origin
	var before entry
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		path := name("entries", n, int(width))
		want[path] = true
		data := read(path)
		for i := int64(0); i < width; i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				fail("%s is cut off", path)
			}
			length := 2 + int(binary.BigEndian.Uint16(data))
			leaf := data[2:length]
			data = data[length:]
			at := n*256 + i
			if file := fmt.Sprintf("entries/%06d.json", at); !bytes.Equal(leaf, read(file)) {
				fail("%s is not entry #%d of %s", file, at, path)
			}
			origins, before = follow(origins, at, leaf, before, stored)
			hashes, err := tlog.StoredHashes(at, leaf, stored)
			must(err)
			stored = append(stored, hashes...)
			leaves = append(leaves, tlog.RecordHash(leaf))
		}
		if len(data) != 0 {
			fail("%s is too long", path)
		}
	}
	if files, err := os.ReadDir("entries"); err != nil || int64(len(files)) != size {
		fail("there are %d files of entries, not %d", len(files), size)
	}
	if found, err := tlog.TreeHash(size, stored); err != nil || found != root {
		fail("the entries do not give the root of the checkpoint")
	}

	if size == 0 || origins[len(origins)-1].vkey != vkey {
		fail("pub.pem is not the key of whoever writes the journal")
	}
	for _, one := range origins[:len(origins)-1] {
		path := fmt.Sprintf("origins/%06d.checkpoint", one.end)
		if at, top := head(read(path), origins); at != one.end {
			fail("%s is not over all that its signer wrote", path)
		} else if found, err := tlog.TreeHash(at, stored); err != nil || found != top {
			fail("%s tells another story", path)
		}
	}

	for level, count := 0, size; count > 0; level, count = level+1, count/256 {
		for n := int64(0); n*256 < count; n++ {
			width := count - n*256
			if width > 256 {
				width = 256
			}
			path := name(strconv.Itoa(level), n, int(width))
			want[path] = true
			data, err := tlog.ReadTileData(tlog.Tile{H: 8, L: level, N: n, W: int(width)}, stored)
			must(err)
			if !bytes.Equal(data, read(path)) {
				fail("%s does not fit the entries", path)
			}
		}
	}
	must(filepath.Walk("tile", func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() && !want[path] {
			fail("%s does not belong to a tree of %d", path, size)
		}
		return err
	}))

	proofs, err := filepath.Glob("proofs/*")
	must(err)
	sort.Strings(proofs)
	proved := 0
	for _, path := range proofs {
		if strings.HasSuffix(path, ".checkpoint") {
			continue
		}
		proved++
		if strings.HasSuffix(path, ".tlog-proof") {
			n, hashes, text := proof(path, "c2sp.org/tlog-proof@v1\nindex ")
			at, top := head(text, origins)
			if n < 0 || n >= at || at > size || fmt.Sprintf("proofs/%06d.tlog-proof", n) != path {
				fail("%s is about another entry", path)
			}
			must(tlog.CheckRecord(hashes, at, top, n, leaves[n]))
		} else {
			old, hashes, text := proof(path, "old ")
			at, top := head(text, origins)
			if fmt.Sprintf("proofs/%06d-%06d.consistency", old, at) != path || old < 1 || old > at || at > size {
				fail("%s is about another size", path)
			}
			before, err := tlog.TreeHash(old, stored)
			must(err)
			must(tlog.CheckTree(hashes, at, top, old, before))
		}
	}

	marks, err := filepath.Glob("*/*.checkpoint")
	must(err)
	for _, path := range marks {
		at, top := head(read(path), origins)
		if at > size {
			fail("%s counts more entries than there are", path)
		}
		if found, err := tlog.TreeHash(at, stored); err != nil || found != top {
			fail("%s tells another story", path)
		}
	}
	fmt.Printf("verified: %d entries, root %s, %d proofs, %d earlier checkpoints\n",
		size, base64.StdEncoding.EncodeToString(root[:]), proved, len(marks))
}
`;
