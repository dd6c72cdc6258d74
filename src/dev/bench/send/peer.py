"""The same letters as one would script it: smtplib, as many connections, one durable line of a log for each letter that was taken.

    peer.py LETTERS PORT CONNECTIONS LOG
"""

import json
import os
import smtplib
import sys
import threading
from email.message import EmailMessage

letters, port, connections, log = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]

file = open(letters, encoding="utf-8")
file.readline()
reading = threading.Lock()
out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def next_letter():
    with reading:
        line = file.readline()
    return json.loads(line) if line else None


def send():
    with smtplib.SMTP("127.0.0.1", port) as server:
        while (letter := next_letter()) is not None:
            message = EmailMessage()
            message["From"] = "Lindqvist & Rao Home <privacy@notices.lrh.example>"
            message["To"] = letter["to"]
            message["Subject"] = letter["subject"]
            message["Message-ID"] = f"<{letter['key']}@notices.lrh.example>"
            message.set_content(letter["text"], cte="quoted-printable")
            server.send_message(message)
            os.write(out, f"{letter['n']} {letter['to']} {letter['sha256']} taken\n".encode())
            os.fsync(out)


workers = [threading.Thread(target=send) for _ in range(connections)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
