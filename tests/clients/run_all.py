"""Runs the example of docs/r.md as it is printed there, and walks through the town in QGIS.

Usage: run_all.py STEAD. Starts the made-up town and ends with one line that counts.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

stead = sys.argv[1]
root = Path(__file__).resolve().parents[2]


def town():
    process = subprocess.Popen([stead, "demo", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith("listening on "):
            return process, line.split()[-1]
    raise SystemExit("the town did not open")


def example(name, language, url):
    """The code of a page of the documentation, with the address of the town."""
    blocks = re.findall(rf"```{language}\n(.*?)```", (root / "docs" / name).read_text(), re.S)
    return "\n".join(blocks).replace("https://YOUR-SERVER", url).replace("COMMUNITY", "kaldavere")


def main():
    process, url = town()
    passed = failed = 0
    try:
        found = json.load(urllib.request.urlopen(f"{url}/api/communities/kaldavere/supports?limit=1"))["number_matched"]
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "r.R").write_text(example("r.md", "r", url))
            quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder, "HOME": folder}
            for name, command in {
                "docs/r.md in R": ["Rscript", "r.R"],
                "QGIS without a screen": ["/usr/bin/python3", str(root / "tests/clients/qgis_walk.py"), url, str(found)],
            }.items():
                done = subprocess.run(command, cwd=folder, env=quiet, capture_output=True, text=True)
                passed, failed = passed + (done.returncode == 0), failed + (done.returncode != 0)
                print(f"{name}: {'right' if done.returncode == 0 else 'WRONG'}", flush=True)
                print(done.stdout[-1500:], "" if done.returncode == 0 else done.stderr[-3000:], flush=True)
    finally:
        process.terminate()
        process.wait()
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
