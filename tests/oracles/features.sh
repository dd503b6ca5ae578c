#!/bin/sh
# A program without features says which one it lacks, and reads everything else.
# usage: features.sh SAYSO        (built with --no-default-features, --features cli or cli,graph)
set -eu
sayso=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
ends() { expected=$1; shift; code=0; "$sayso" "$@" > out 2> told || code=$?; [ "$code" = "$expected" ] || { echo "$* ends with $code"; cat told; exit 1; }; }
told() { grep -q -- "$1" told || { echo "not told: $1"; cat told; exit 1; }; }
words="Police in Ardmouth said on Sunday that 241,000 people joined the march through the town."
echo "$words" > plain.txt
echo "<html><body><p>$words</p></body></html>" > page.html
printf '<rss><channel><item><title>A</title><description>%s</description></item><item><title>B</title><description>&lt;p&gt;%s&lt;/p&gt;</description></item></channel></rss>' \
    "$words" "$words" > feed.xml
printf '{"id":"a","text":"%s AT&T was there; so was 1 < 2."}\n{"id":"b","text":"<p>%s</p>"}\n{"id":"c","text":"Rain &amp; wind. %s"}\n' "$words" "$words" "$words" > lines.jsonl
printf 'From: a@b.example\nSubject: March\nContent-Type: text/html\n\n<p>%s</p>\n' "$words" > mail.eml
ends 1 annotate plain.txt page.html feed.xml lines.jsonl mail.eml --format jsonl
# Read: the plain text, the plain item of the feed, the plain line. Left out and named: a page, an item, two lines, a mail.
[ "$(wc -l < out)" = 3 ] || { echo "other articles than three"; cat told; exit 1; }
told "HTML is not read"
told "feature .html."
for left in page.html lines.jsonl:2 lines.jsonl:3 mail.eml feed.xml; do told "$left"; done
ends 2 serve
told "without the feature .serve."
ends 2 mcp
told "without the feature .mcp."
if "$sayso" ask > told 2>&1; then
    "$sayso" build -q plain.txt 2> told
    ends 3 query --allow-remote http://127.0.0.1:9/ 'SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }'
    told "feature .serve."
else
    told "without the feature .graph."
    echo '@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> . <urn:a> nif:isString "It rained." .' > text.ttl
    ends 3 annotate text.ttl
    told "feature .graph."
fi
echo "with fewer features: three plain articles read, five in markup refused by name, and commands say what they need"
