"""Tries every operation of both interface documents with schemathesis: as nobody, as a participant and as a researcher, and
what stewards write as one, too.

Usage: try_all.py STEAD [EXAMPLES] [SEED]. Starts the made-up town, comes in as each, and ends with one line that counts:
an operation tried by a role is a test.

The one exemption: `limit` above its maximum is cut to it and not refused (OGC API Features Part 1,
/req/core/fc-limit-response-1); `ogc::pages_of_items_add_up_and_no_item_comes_twice` holds us to that. `rules` says what the
documents cannot.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
import xml.etree.ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

COMMUNITY = "kaldavere"
PASSWORD = "jõe ääres on vaikne"
# What would end the very sign-in that is used, or is slow on purpose (passwords).
NEVER = ["sign_out", "withdraw", "close_staff_session", "sign_in_staff", "activate_staff", "confirm_staff_activation"]


def ask(url, body=None, token=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as answer:
        return json.load(answer)


def totp(secret):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def town(stead, log):
    process = subprocess.Popen([stead, "demo", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=log, text=True)
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("listening on "):
            return process, line.split()[-1], said
    raise SystemExit("the town did not open")


def roles(url, said):
    code = re.search(r"return code (\S+)", said).group(1)
    participant = ask(f"{url}/api/communities/{COMMUNITY}/participants/return", {"return_code": code})["token"]
    return {"anyone": None, "participant": participant, "researcher": staff(url, said, "researcher"), "steward": staff(url, said, "steward")}


def staff(url, said, role):
    link = re.search(rf"{role} \S+#link=(\S+)", said).group(1)
    secret = ask(f"{url}/api/staff/activate", {"link_token": link, "password": PASSWORD})["totp_secret"]
    return ask(f"{url}/api/staff/activate/confirm", {"link_token": link, "totp": totp(secret)})["token"]


def known(url, token):
    """Identifiers that are there, so that nothing hides behind 404."""
    here = f"{url}/api/communities/{COMMUNITY}"
    items = lambda name: ask(f"{url}/ogc/{COMMUNITY}/collections/{name}/items?limit=1")["features"][0]["id"]
    return {
        "c": COMMUNITY,
        "r": "latest",
        "support": items("supports"),
        "neighbourhood": items("neighbourhoods"),
        "cell": items("cells"),
        "place": ask(f"{here}/places?limit=1", token=token)["features"][0]["id"],
    }


def town_facts(url):
    """What rules.py needs to know."""
    here = f"{url}/api/communities/{COMMUNITY}"
    community = ask(here)
    supports = ask(f"{here}/supports?limit=300")["features"]
    return {
        "bounds": community["bounds"],
        "consent": community["consent"]["version"],
        "neighbourhoods": [one["id"] for one in ask(f"{here}/neighbourhoods")["features"]],
        "supports": [one["id"] for one in supports],
        "categories": sorted({one["properties"]["category"] for one in supports}),
    }


def settings(folder, document, role, token, ids):
    lines = []
    if document == "api":
        # Right data may meet a state that refuses it: another version, a quota, no right to it. A support that was
        # merged sends on to the one that stayed.
        lines += ['checks.positive_data_acceptance.expected-statuses = ["2xx", "308", "401", "403", "404", "409", "412", "429"]',
                  'checks.negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428", "429"]',
                  'checks.missing_required_header.expected-statuses = ["400", "401", "403", "404", "422", "428"]']
    if token:
        # As the document's own scheme: so each operation is also tried without it and with a wrong one.
        lines += [f"[auth.openapi.{'token' if document == 'api' else 'bearer'}]", f'bearer = "{token}"']
    lines += ["[parameters]", f'"path.c" = "{ids["c"]}"', f'"path.r" = "{ids["r"]}"']
    one = {
        "/api/communities/{c}/supports/{id}": ("id", "support"),
        "/api/communities/{c}/supports/{id}/history": ("id", "support"),
        "/api/communities/{c}/places/{id}": ("id", "place"),
        "/collections/supports/items/{item}": ("item", "support"),
        "/collections/neighbourhoods/items/{item}": ("item", "neighbourhood"),
        "/collections/cells/items/{item}": ("item", "cell"),
        "/collections/places/items/{item}": ("item", "place"),
    }
    for path, (name, what) in one.items():
        lines += ["[[operations]]", f'include-path = "{path}"', f'parameters = {{ "path.{name}" = "{ids[what]}" }}']
    path = folder / f"{document}-{role}.toml"
    path.write_text("\n".join(lines) + "\n")
    return path


def run(url, document, base, role, config, folder, examples, seed, facts):
    report = folder / f"{document}-{role}.xml"
    command = [str(Path(sys.executable).with_name("st")), "--config-file", str(config), "run", f"{url}{base['document']}",
               "-u", f"{url}{base['under']}", "-c", "all", "-n", examples, "-w", "1", "--seed", seed, "--no-color",
               "--continue-on-failure", "--report-junit-path", str(report)]
    for name in NEVER:
        command += ["--exclude-operation-id", name]
    started = time.monotonic()
    rules = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "SCHEMATHESIS_HOOKS": "rules", "STEAD_TOWN": json.dumps(facts)}
    done = subprocess.run(command, capture_output=True, text=True, env=rules)
    suites = list(xml.etree.ElementTree.parse(report).iter("testcase")) if report.exists() else []
    bad = [case for case in suites if case.find("failure") is not None or case.find("error") is not None]
    failed = len(bad) if suites else 1
    cases = re.search(r"([\d,]+) generated", done.stdout)
    print(f"{document} as {role}: {len(suites) - len(bad)} operations right, {failed} wrong, "
          f"{cases.group(1) if cases else 'no'} cases in {time.monotonic() - started:.0f} s", flush=True)
    if failed or done.returncode not in (0, 1):
        print(done.stdout, done.stderr, sep="\n", flush=True)
    return len(suites) - len(bad), failed


def main():
    stead, examples, seed = sys.argv[1], *(sys.argv[2:] + ["200", "20261123"][len(sys.argv) - 2:])[:2]
    log = tempfile.TemporaryFile("w+")
    process, url, said = town(stead, log)
    passed = failed = 0
    jobs = []
    documents = {
        "api": {"document": "/api/openapi.json", "under": ""},
        "ogc": {"document": f"/ogc/{COMMUNITY}/api", "under": f"/ogc/{COMMUNITY}"},
    }
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            everyone = roles(url, said)
            ids = known(url, everyone["participant"])
            facts = town_facts(url)
            for document, base in documents.items():
                for role, token in everyone.items():
                    if document == "ogc" and role in ("participant", "steward"):
                        continue  # No right of theirs shows there.
                    config = settings(folder, document, role, token, ids)
                    jobs.append((url, document, base, role, config, folder, examples, seed, facts))
            # A steward merges supports and recalls releases that the others look at, and comes last.
            jobs.sort(key=lambda job: job[3] == "steward")
            # Two at a time: one process cannot keep the server busy.
            with ThreadPoolExecutor(2) as both:
                for right, wrong in both.map(lambda job: run(*job), jobs):
                    passed, failed = passed + right, failed + wrong
    finally:
        process.terminate()
        process.wait()
    # Why the server says that something went wrong on its side, it says only here.
    log.seek(0)
    sys.stdout.writelines(line for line in log if "ERROR" in line or "panicked" in line)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
