/** The commands of `VERIFY.md`, one block a tool; each is run with `sh -eu` in the folder of the bundle. */

const WORK = `w=$(mktemp -d); trap 'rm -rf "$w"' EXIT`;

export const OPENSSL = String.raw`${WORK}
origin=$(head -n 1 checkpoint)
head -n 3 checkpoint > "$w/text"
[ -z "$(sed -n 4p checkpoint)" ]
sed -n 5p checkpoint | grep -q -F "— $origin "
grep -F "— $origin " checkpoint | cut -d ' ' -f 3 | base64 -d > "$w/line"
tail -c +5 "$w/line" > "$w/signature"
openssl pkeyutl -verify -pubin -inkey pub.pem -rawin -in "$w/text" -sigfile "$w/signature"
# The key of the checkpoint, of pub.pem and of the entry that began the log (or went on in it) are one.
openssl pkey -pubin -in pub.pem -outform DER | tail -c 32 > "$w/key"
id=$({ printf '%s\n\001' "$origin"; cat "$w/key"; } | sha256sum | cut -c 1-8)
[ "$(head -c 4 "$w/line" | xxd -p)" = "$id" ]
vkey="$origin+$id+$({ printf '\001'; cat "$w/key"; } | base64)"
find entries -type f | LC_ALL=C sort | xargs cat | jq -c 'select(.kind == "log.open" or .kind == "origin.changed")' > "$w/origins"
[ "$(tail -n 1 "$w/origins" | jq -r .pub.key)" = "$vkey" ]
# Behind its line those of the keys that change with time: each is named by an entry, and the newest one has signed last.
find entries -type f | LC_ALL=C sort | xargs cat | jq -r --arg log "$origin" 'select(.log == $log) |
  select(.kind == "log.open" or .kind == "origin.changed" or .kind == "key.rotate" or .kind == "key.lost") | .pub.epoch // empty' > "$w/epochs"
sed -n '6,$p' checkpoint > "$w/lines"
[ "$(tail -n 1 "$w/lines" | cut -d ' ' -f 2)" = "$(tail -n 1 "$w/epochs" | cut -d + -f 1)" ]
while read -r _ name line; do
  epoch=$(grep -F "$name+" "$w/epochs")
  printf '%s' "$line" | base64 -d > "$w/line"
  [ "$(head -c 4 "$w/line" | xxd -p)" = "$(printf '%s' "$epoch" | cut -d + -f 2)" ]
  tail -c +5 "$w/line" > "$w/signature"
  { printf 302a300506032b6570032100 | xxd -r -p; printf '%s' "${'${epoch#*+*+}'}" | base64 -d | tail -c 32; } > "$w/epoch"
  openssl pkeyutl -verify -pubin -keyform DER -inkey "$w/epoch" -rawin -in "$w/text" -sigfile "$w/signature"
done < "$w/lines"
# Where it came from other machines: each signed all that it wrote, with the key that its first entry names.
# And it signed as many entries as there are before the one that goes on from it.
jq -rs 'range(length - 1) as $i | "\(.[$i + 1].n) \(.[$i].log) \(.[$i].pub.key)"' "$w/origins" > "$w/before"
for mark in origins/*.checkpoint; do
  [ -e "$mark" ] || break
  base=${'${mark%.checkpoint}'}
  head -n 3 "$mark" > "$w/text"
  size=$(sed -n 2p "$mark")
  [ "$base" = "$(printf 'origins/%06d' "$size")" ]
  name=$(head -n 1 "$mark")
  grep -F "— $name " "$mark" | cut -d ' ' -f 3 | base64 -d | tail -c +5 > "$w/signature"
  openssl pkeyutl -verify -pubin -inkey "$base.pem" -rawin -in "$w/text" -sigfile "$w/signature"
  openssl pkey -pubin -in "$base.pem" -outform DER | tail -c 32 > "$w/key"
  other=$({ printf '%s\n\001' "$name"; cat "$w/key"; } | sha256sum | cut -c 1-8)
  grep -q -F -x "$size $name $name+$other+$({ printf '\001'; cat "$w/key"; } | base64)" "$w/before"
done
[ "$(find . -path './origins/*.checkpoint' | wc -l)" = "$(wc -l < "$w/before")" ]
# The manifest, as DSSE signs it: the type and the bytes, each with its length.
jq -j .payload manifest.dsse.json | base64 -d > "$w/payload"
type=$(jq -j .payloadType manifest.dsse.json)
{ printf 'DSSEv1 %d %s %d ' "$(printf %s "$type" | wc -c)" "$type" "$(wc -c < "$w/payload")"; cat "$w/payload"; } > "$w/pae"
jq -j '.signatures[0].sig' manifest.dsse.json | base64 -d > "$w/signature"
openssl pkeyutl -verify -pubin -inkey pub.pem -rawin -in "$w/pae" -sigfile "$w/signature"
[ "$(jq -j '.signatures[0].keyid' manifest.dsse.json)" = "$id" ]
# Both are of one moment: an older checkpoint is as well signed.
[ "$(jq -r .size "$w/payload")" = "$(sed -n 2p checkpoint)" ]`;

export const SHA256SUM = String.raw`${WORK}
export LC_ALL=C
size=$(sed -n 2p checkpoint)
jq -j .payload manifest.dsse.json | base64 -d > "$w/payload"
[ "$(jq -r .size "$w/payload")" = "$size" ]
jq -r '.files | to_entries[] | "\(.value)  \(.key)"' "$w/payload" > "$w/list"
sha256sum --quiet --strict -c "$w/list"
{ jq -r '.files | keys[]' "$w/payload"; echo manifest.dsse.json; seq -f 'entries/%06.0f.json' 0 $((size - 1)); } | sort > "$w/want"
find . -type f ! -path './tile/*' | sed 's|^\./||' | sort > "$w/have"
diff "$w/want" "$w/have"
[ -z "$(find . ! -type f ! -type d)" ]`;

export const SH_JQ = String.raw`${WORK}
export LC_ALL=C
origin=$(sed -n 1p checkpoint)
size=$(sed -n 2p checkpoint)
root=$(sed -n 3p checkpoint | base64 -d | xxd -p -c 32)
# Exactly the entries from 0 on.
seq -f 'entries/%06.0f.json' 0 $((size - 1)) > "$w/want"
find entries -type f | sort | diff "$w/want" -
# A leaf is hashed with a zero byte before it.
mkdir "$w/leaf"
for file in entries/*.json; do
  { printf '\000'; cat "$file"; } > "$w/leaf/${'${file#entries/}'}"
done
xargs awk 1 < "$w/want" > "$w/all"
# Canonical: jq writes each entry as it stands.
jq -cS . "$w/all" | cmp - "$w/all"
hashes() { find "$1" -type f | sort | xargs sha256sum | cut -c 1-64; }
hashes "$w/leaf" > "$w/level"
# Each entry has its number, its log, and the hash of the entry before it. A log has one name, until an entry says that it goes on
# elsewhere: from whom, after how many entries, and to the very key that the entry before it hands it to.
jq -r 'select(.kind == "log.open" or .kind == "origin.changed") | "\(.n) \(.log)"' "$w/all" > "$w/origins"
[ "$(tail -n 1 "$w/origins" | cut -d ' ' -f 2)" = "$origin" ]
{ printf '%064d\n' 0; cat "$w/level"; } | head -n "$size" > "$w/before"
awk 'NR == FNR { by[$1] = $2; next } (FNR - 1) in by { name = by[FNR - 1] } { print FNR - 1, $1, name }' "$w/origins" "$w/before" > "$w/want"
jq -r '"\(.n) \(.prev) \(.log)"' "$w/all" | diff "$w/want" -
# Two by two up to the root; each node is hashed with a one byte before it, and the last without a partner goes up as it is.
while [ "$(wc -l < "$w/level")" -gt 1 ]; do
  rm -rf "$w/node"; mkdir "$w/node"
  paste -d '\0' - - < "$w/level" > "$w/pairs"
  grep -E '^.{128}$' "$w/pairs" | sed 's/^/01/' | xxd -r -p | split -b 65 -a 5 - "$w/node/"
  { hashes "$w/node"; grep -E '^.{64}$' "$w/pairs" || true; } > "$w/level"
done
[ "$(cat "$w/level")" = "$root" ]`;

export const SQLITE = String.raw`${WORK}
sql() { sqlite3 -readonly journal.sqlite "$1"; }
[ "$(sql 'PRAGMA integrity_check')" = ok ]
mkdir "$w/rows"
sql "SELECT writefile('$w/rows/' || printf('%06d.json', n), leaf) FROM entry" > "$w/written"
diff -r "$w/rows" entries
sql 'SELECT lower(hex(hash)) FROM entry ORDER BY n' > "$w/hashes"
find tile/0 -type f | LC_ALL=C sort | xargs cat | xxd -p -c 32 | diff "$w/hashes" -
sql 'SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1' | sed '$d' | diff checkpoint -`;

export const GO_BUILD = String.raw`# Once. With Debian's golang-golang-x-mod-dev no network is needed.
sed -n '/^${'```'}go$/,/^${'```'}$/p' VERIFY.md | sed '1d;$d' > ~/firebreak-check.go
GO111MODULE=off GOPATH=/usr/share/gocode go build -o ~/firebreak-check ~/firebreak-check.go`;

export const GO_RUN = '~/firebreak-check';

export const SSH_KEYGEN = String.raw`for signature in approvals/*.sig; do
  [ -e "$signature" ] || { echo 'there are no approvals'; break; }
  base=${'${signature%.sig}'}
  ssh-keygen -Y verify -f allowed_signers -I "$(cat "$base.by")" -n firebreak-approval -s "$signature" < "$base.message"
  # What was approved is an entry of this journal: its hash is in the message.
  approved=$(grep -E -x '[0-9a-f]{64}' "$base.message")
  find tile/0 -type f -exec cat {} + | xxd -p -c 32 | grep -q -x "$approved"
done`;

export const OPENSSL_TS = String.raw`for token in anchors/*.tsr; do
  [ -e "$token" ] || { echo 'there are no time stamps'; break; }
  openssl ts -verify -in "$token" -data "${'${token%.tsr}'}.checkpoint" -CAfile "$TSA_CA"
done`;
