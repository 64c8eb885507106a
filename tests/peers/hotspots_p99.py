#!/usr/bin/env python3
"""The 99th percentile of a request for hot spots of at most 500 units, over HTTP on one connection.

    tests/peers/hotspots_p99.py [BINARY] [--requests 2000] [--at-most-ms 5]

Starts `stead demo` of the binary (by default target/release/stead) on a free port, asks for the hot spots of cells and of
neighbourhoods, prints the median and the 99th percentile of each in milliseconds, and fails if one is above the target.
Measure on a machine that does nothing else.
"""

import argparse
import http.client
import json
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def address(process):
    for line in process.stdout:
        if found := re.match(r"listening on http://([^:]+):(\d+)", line):
            return found[1], int(found[2])
    raise SystemExit("the server ended before it listened")


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("binary", nargs="?", default=ROOT / "target" / "release" / "stead")
    asked.add_argument("--requests", type=int, default=2_000)
    asked.add_argument("--at-most-ms", type=float, default=5.0)
    asked = asked.parse_args()
    command = [asked.binary, "demo", "--listen", "127.0.0.1:0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    slow = False
    try:
        connection = http.client.HTTPConnection(*address(server))
        for units in ("cells", "neighbourhoods"):
            path = f"/api/communities/kaldavere/releases/latest/hotspots?units={units}"
            times = []
            # The first ones warm up.
            for n in range(asked.requests + 100):
                started = time.perf_counter()
                connection.request("GET", path)
                answer = connection.getresponse()
                body = answer.read()
                if n >= 100:
                    times.append((time.perf_counter() - started) * 1_000)
                if answer.status != 200:
                    raise SystemExit(f"{path}: {answer.status} {body[:200]}")
            found = len(json.loads(body)["features"])
            if not 0 < found <= 500:
                raise SystemExit(f"{found} {units} are not at most 500 units")
            times.sort()
            p99 = times[int(len(times) * 0.99)]
            print(f"{found:4} {units:15} median {times[len(times) // 2]:7.2f} ms   p99 {p99:7.2f} ms")
            slow |= p99 > asked.at_most_ms
    finally:
        server.terminate()
        server.wait()
    print("above the target" if slow else f"p99 at most {asked.at_most_ms} ms")
    sys.exit(slow)


if __name__ == "__main__":
    main()
