"""A real mail server for tests: aiosmtpd with TLS and a login, that keeps who got what and breaks on demand.

    mail-server.py FOLDER CERTIFICATE KEY tls|plain

It prints its port, appends one line of JSON a letter to FOLDER/taken.jsonl before it answers, and reads FOLDER/faults.json anew for
each letter: {"refuse": [...], "later": [...], "cut": [...]} by the address of the reader. What is cut is taken first.
"""

import asyncio
import email
import json
import os
import signal
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, certificate, key, how = sys.argv[1:5]


def faults(kind):
    try:
        with open(os.path.join(folder, "faults.json"), encoding="utf-8") as file:
            return json.load(file).get(kind, [])
    except FileNotFoundError:
        return []


def login(server, session, envelope, mechanism, data):
    if how == "plain":
        return AuthResult(success=True)
    good = getattr(data, "login", b"") == b"notices" and getattr(data, "password", b"") == b"the-password-of-notices"
    return AuthResult(success=good, handled=False)


class Box:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if not session.authenticated:
            return "530 5.7.0 log in first"
        if address in faults("refuse"):
            return "550 5.1.1 nobody of that name"
        if address in faults("later"):
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content)
        line = {"to": envelope.rcpt_tos[0], "id": letter["Message-ID"], "subject": letter["Subject"]}
        with open(os.path.join(folder, "taken.jsonl"), "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        if envelope.rcpt_tos[0] in faults("cut"):
            server.transport.abort()
            return "250 2.0.0 never heard"
        return "250 2.0.0 taken"


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Box(), hostname="localhost", authenticator=login, auth_require_tls=False, auth_required=True),
        "127.0.0.1",
        0,
        ssl=context if how == "tls" else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
    server.close()


asyncio.run(main())
