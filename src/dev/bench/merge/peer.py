# The same merge as people write it: csv, jinja2 with its escaping, an mbox file. List, output and template as arguments.
import csv
import re
import sys

from jinja2 import Environment

source, target, template = sys.argv[1:4]
text = open(template, encoding="utf-8").read()
text = re.sub(r"\{\{#if (\w+)\}\}", r"{% if \1 %}", text).replace("{{/if}}", "{% endif %}")
letter = Environment(autoescape=True).from_string(text)
with open(source, encoding="utf-8", newline="") as rows, open(target, "w", encoding="utf-8", newline="\n") as out:
    for n, row in enumerate(csv.DictReader(rows)):
        row["salutation"] = "Dear %s," % row["name"]
        body = letter.render(row)
        out.write(
            "From firebreak Thu Jan  1 00:00:00 1970\nMessage-ID: <%d@firebreak.invalid>\nTo: %s <%s>\n"
            "Subject: Important information about your personal data\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=utf-8\n\n%s\n" % (n, row["name"], row["address"], body)
        )
