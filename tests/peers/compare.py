#!/usr/bin/env python3
"""The statistics beside their Python peers, in one run on the same points: libpysal and esda for neighbours, Gi* and
permutations, scipy for densities.

    tests/peers/compare.py [--points 1000000] [--profile release] [--esda-permutations 100000]

Makes a virtual environment in target/peers on first use (needs the package index), builds the engine's example `peers`,
and prints for each task the median seconds of both and how many times faster ours is. It fails if the answers differ:
Gi* by more than 1e-9, densities by more than 1 % of the peak, permutation tails by more than chance allows. Measure on a
machine that does nothing else: ratios on a busy one say little.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
VENV = ROOT / "target" / "peers"
SIDE_M, CELLS, BANDWIDTH_M, NEIGHBOURS, R = 10_000.0, 1_024, 250.0, 8, 999


def with_packages():
    """Runs this script again with the packages it needs."""
    wanted = (pathlib.Path(__file__).parent / "requirements.txt").read_text()
    stamp = VENV / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        pip = [VENV / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]
        subprocess.run([*pip, pathlib.Path(__file__).parent / "requirements.txt"], check=True)
        stamp.write_text(wanted)
    python = VENV / "bin" / "python"
    os.execv(python, [python, *sys.argv])


def timed(task, work, times=3, enough_s=20):
    """The answer and the median seconds of some runs, after one that compiles and warms up. Where that one alone took
    longer than `enough_s`, warming up is a small part of it: it is the measurement."""
    print(f"{task} ...", end=" ", file=sys.stderr, flush=True)
    runs = []
    for _ in range(times + 1):
        started = time.perf_counter()
        answer = work()
        runs.append(time.perf_counter() - started)
        if runs[0] > enough_s:
            break
    median = statistics.median(runs[1:] or runs)
    print(f"{median:.2f} s", file=sys.stderr, flush=True)
    return answer, median


def ours(points, profile, folder):
    import numpy as np

    build = ["cargo", "build", "--quiet", "-p", "engine", "--example", "peers", "--profile", profile]
    subprocess.run(build, cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    binary = target / ("debug" if profile == "dev" else profile) / "examples" / "peers"
    file, found = folder / "points.f64", folder / "found.f64"
    points.astype("<f8").tofile(file)
    said = subprocess.run([binary, file, found], check=True, capture_output=True, text=True).stdout
    numbers, n = np.fromfile(found, "<f8"), len(points)
    return json.loads(said), numbers[:n], numbers[n : 2 * n], numbers[2 * n :].reshape(CELLS, CELLS)


def theirs(points, most_permutations):
    import warnings

    import numpy as np
    from esda.getisord import G_Local
    from libpysal.graph import Graph
    from libpysal.weights import KNN
    from scipy.ndimage import gaussian_filter

    warnings.simplefilter("ignore")
    xy, values = points[:, :2], points[:, 2]
    _, nearest = timed("libpysal: nearest", lambda: Graph.build_knn(xy, k=NEIGHBOURS))
    weights, _ = timed("libpysal: weights as esda wants them", lambda: KNN.from_array(xy, k=NEIGHBOURS), 0)
    weights.transform = "B"
    analytic = lambda: G_Local(values, weights, transform="B", star=True, permutations=0)
    local, gi_star = timed("esda: Gi*", analytic)
    seconds, tail = {"nearest": nearest, "gi_star": gi_star}, None
    if len(points) <= most_permutations:
        shuffled = lambda: G_Local(
            values, weights, transform="B", star=True, permutations=R, n_jobs=1, seed=1, keep_simulations=True
        )
        simulated, both = timed("esda: permutations", shuffled, 1)
        # What the analytic part takes is in it, too.
        seconds["permutations"] = both - gi_star
        # With a tolerance for ties, which esda loses on counts.
        tail = ((simulated.sim >= simulated.Gs * (1 - 1e-9)).sum(axis=0) + 1) / (R + 1)
        if tail.shape != values.shape:
            tail = ((simulated.sim.T >= simulated.Gs * (1 - 1e-9)).sum(axis=0) + 1) / (R + 1)

    def density():
        cell = SIDE_M / CELLS
        at = xy / cell - 0.5
        low = np.floor(at).astype(int)
        share = at - low
        side = CELLS + 2
        bins = np.zeros(side * side)
        for right in (0, 1):
            for up in (0, 1):
                weight = np.abs(1 - right - share[:, 0]) * np.abs(1 - up - share[:, 1])
                cells = (low[:, 1] + up + 1) * side + low[:, 0] + right + 1
                bins += np.bincount(cells, weight, side * side)
        inside = bins.reshape(side, side)[1:-1, 1:-1]
        return gaussian_filter(inside, BANDWIDTH_M / cell, mode="constant", truncate=6.4) / cell**2

    surface, seconds["density"] = timed("scipy: density", density)
    return seconds, np.asarray(local.Zs), tail, surface


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--points", type=int, default=1_000_000)
    asked.add_argument("--profile", default="release", help="dev for a look whether it runs")
    asked.add_argument("--esda-permutations", type=int, default=100_000, help="above so many points esda takes hours")
    asked = asked.parse_args()
    try:
        import esda  # noqa: F401
    except ImportError:
        with_packages()
    import tempfile

    import numpy as np

    random = np.random.default_rng(1)
    n = asked.points
    points = np.column_stack([random.uniform(0, SIDE_M, (n, 2)), random.poisson(4, n)])
    with tempfile.TemporaryDirectory() as folder:
        seconds, z, tail, surface = ours(points, asked.profile, pathlib.Path(folder))
    print(f"ours: {seconds}", file=sys.stderr, flush=True)
    peers, their_z, their_tail, their_surface = theirs(points, asked.esda_permutations)
    print(f"{n} points, {NEIGHBOURS} neighbours, {R} permutations, {CELLS} x {CELLS} cells, {asked.profile}")
    for task, mine in seconds.items():
        peer = peers.get(task)
        beside = f"{peer:9.4f} s  {peer / mine:8.1f} times" if peer else "  not run"
        print(f"{task:13} {mine:9.4f} s  peer {beside}")
    worst = np.abs(z - their_z).max()
    peak = np.abs(surface - their_surface).max() / their_surface.max()
    # Where nothing is tied, sums are equal to the last digits.
    wrong = []
    if worst > 1e-9:
        wrong.append(f"Gi* differs by {worst}")
    if peak > 0.01:
        wrong.append(f"densities differ by {peak:.4f} of the peak")
    if their_tail is not None:
        spread = np.sqrt(np.maximum(their_tail * (1 - their_tail), 1e-9) * 2 / (R + 1))
        off = (np.abs(tail - their_tail) > 5 * spread + 4 / (R + 1)).mean()
        if off > 0.001:
            wrong.append(f"permutation tails of {off:.2%} of points differ by more than chance")
    print("; ".join(wrong) or f"answers agree: Gi* to {worst:.1e}, densities to {peak:.1e} of the peak")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
