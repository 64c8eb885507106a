"""What the interface documents cannot say, for schemathesis: values of a grammar, and rules between parameters.

Given as SCHEMATHESIS_HOOKS. A format makes values that must be accepted; a filter leaves out what no schema can rule out.
"""

import datetime
import itertools
import json
import os
import re
import struct
import zlib
from urllib.parse import urlencode

import requests
import schemathesis
from hypothesis import strategies as st

NUMBERS = st.integers(-1000, 1000).map(str)
TEXTS = st.text("abcõÄß '%_", max_size=8).map(lambda text: "'" + text.replace("'", "''") + "'")
POINTS = st.tuples(st.floats(26, 27, width=32), st.floats(58, 59, width=32)).map(lambda p: f"POINT({p[0]:.6f} {p[1]:.6f})")
COMPARED = st.sampled_from(["=", "<>", "<", ">", "<=", ">="])
ATOMS = st.one_of(
    st.builds("{} {} {}".format, NUMBERS, COMPARED, NUMBERS),
    st.builds("{} BETWEEN {} AND {}".format, NUMBERS, NUMBERS, NUMBERS),
    st.builds("{} IN ({}, {})".format, NUMBERS, NUMBERS, NUMBERS),
    st.builds("{} {} {}".format, TEXTS, COMPARED, TEXTS),
    st.builds("CASEI({}) LIKE CASEI({})".format, TEXTS, TEXTS),
    st.builds("S_INTERSECTS(geometry, {})".format, POINTS),
    st.builds("S_DISJOINT({}, geometry)".format, POINTS),
    st.just("geometry IS NOT NULL"),
)
FILTERS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner), st.builds("({} OR {})".format, inner, inner), st.builds("NOT ({})".format, inner)
    ),
    max_leaves=12,
)
schemathesis.openapi.format("cql2", FILTERS)

# What there is in the town: categories, neighbourhoods, bounds, the consent text's version.
TOWN = json.loads(os.environ.get("STEAD_TOWN", "{}"))
WEST, SOUTH, EAST, NORTH = TOWN.get("bounds", [24.3, 58.8, 24.4, 58.9])


def listed(values):
    return st.lists(st.sampled_from(values or ["library"]), min_size=1, max_size=4, unique=True).map(",".join)


def degrees(least, most):
    return st.floats(least, most).map(lambda n: round(n, 6))


LONGITUDE, LATITUDE = degrees(WEST, EAST), degrees(SOUTH, NORTH)
BOX = st.tuples(LONGITUDE, LATITUDE, LONGITUDE, LATITUDE).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)
def png():
    """One grey pixel: what a photo is, no schema says."""
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


for media in ("image/jpeg", "image/png", "image/webp"):
    schemathesis.openapi.media_type(media, st.just(png()))
HOURS = ["Mo-Fr 10:00-18:00", "Mo-Th, Su 10:00-18:00", "24/7", "Tu 17:00-19:00; PH off", "Mo[1] 12:00-14:00", "sunrise-sunset"]
schemathesis.openapi.format("categories", listed(TOWN.get("categories")))
schemathesis.openapi.format("neighbourhoods", listed(TOWN.get("neighbourhoods")))
schemathesis.openapi.format("bbox", BOX.map(lambda box: ",".join(f"{n:.6f}" for n in box)))
schemathesis.openapi.format("span", st.integers(0, 22).map(lambda h: f"2026-03-01T{h:02}:00:00Z/2026-03-01T{h + 1:02}:30:00Z"))
schemathesis.openapi.format("opening-hours", st.sampled_from(HOURS))


def value(container, name):
    return container.get(name) if hasattr(container, "get") else None


def above_most(case):
    """The one exemption: `limit` above its maximum is cut to it."""
    try:
        return int(value(case.query, "limit")) > 10_000
    except (TypeError, ValueError):
        return False


def too_long(case):
    """An address over 65,534 bytes is refused by HTTP's own reader, before anything of ours."""
    query = {name: str(value) for name, value in (case.query or {}).items()} if hasattr(case.query, "items") else {}
    return len(urlencode(query, errors="replace")) > 65_000


def unsent(case):
    """An empty object or list in a query is sent as nothing, and nothing is right."""
    return hasattr(case.query, "values") and any(value in ({}, []) for value in case.query.values())


def positions(geometry):
    """A geometry of the same type that is in the town: that it must be is a rule of the community."""
    wide, high = EAST - WEST, NORTH - SOUTH
    west, south, east, north = WEST + 0.2 * wide, SOUTH + 0.2 * high, WEST + 0.6 * wide, SOUTH + 0.7 * high
    ring = [[west, south], [east, south], [east, north], [west, south]]
    return {"Point": [west, north], "LineString": [[west, south], [east, north]], "Polygon": [ring], "MultiPolygon": [[ring]]}[geometry["type"]]


def once(items, key):
    seen = set()
    return [item for item in items if not (item[key] in seen or seen.add(item[key]))]


PLACE = ["name", "being", "doing", "story", "feelings", "chime", "activities", "company", "support", "barriers", "rhythm", "since",
         "home", "precision", "share", "answers", "photo_not_taken"]


def place(body):
    body.update(geometry={"type": body["geometry"]["type"], "coordinates": positions(body["geometry"])})
    said = body["properties"] = {name: value for name, value in body["properties"].items() if name in PLACE}
    said["being"] = said["being"] or not said["doing"]
    # Not more than the person agreed to.
    said["share"] = dict.fromkeys(("research", "published_maps", "public_story"), False)
    said.pop("answers", None)
    if said.get("feelings"):
        said["feelings"] = once(said["feelings"], "feeling")
    return {name: body[name] for name in ("type", "geometry", "properties")}


def support(body):
    said = body["properties"]
    if said.get("status") not in ("closing", "closed"):
        said.pop("closing_on", None)
    for schedule in said.get("schedules") or []:
        schedule["byday"] = [day[-2:] if schedule.get("freq") != "MONTHLY" else day for day in schedule.get("byday", [])]
        schedule.pop("until", None)
        if not (schedule.get("opens_at") and schedule.get("closes_at")):
            schedule.update(opens_at=None, closes_at=None)
    point = {"type": "Point", "coordinates": positions({"type": "Point"})}
    return {"type": "Feature", "geometry": point, "properties": said}


PHOTO = ["caption", "alt", "showed", "people", "share"]


def photo(body):
    """Whoever shares it says who is in it."""
    return {"people": "none", **{name: value for name, value in body.items() if name in PHOTO}}


def within(selection):
    if selection and selection.get("within"):
        selection["within"]["coordinates"] = positions(selection["within"])
    if selection and selection.get("neighbourhood"):
        selection["neighbourhood"] = TOWN.get("neighbourhoods", [])[:2]


def question(body):
    """A search: a cursor belongs to the page before, a time is asked about once."""
    body.pop("cursor", None)
    within(body)
    within(body.get("places"))
    if body.get("type"):
        body["type"] = TOWN.get("categories", [])[: min(len(body["type"]), 10)]
    if body.get("near"):
        body["near"] = positions({"type": "Point"})
    elif "near" in body:
        body.pop("radius", None)
    if body.get("bbox"):
        body["bbox"] = [WEST, SOUTH, EAST, NORTH]
    if body.get("open_during"):
        body.pop("open_at", None)
        body["open_during"] = "2026-03-01T10:00:00Z/2026-03-01T12:00:00Z"
    return body


def proximity(body):
    if body.get("of") != "places":
        body.pop("places", None)
    return question(body)


def kept(body):
    """A name is taken once."""
    body["name"] = f"{body['name'][:100]} {next(KEYS)}"
    question(body)
    return body


def plan(body):
    """What if: something changes, and what closes is there."""
    question(body)
    body["close"] = TOWN.get("supports", [])[:2]
    for opened in body.get("open") or []:
        opened["geometry"]["coordinates"] = positions({"type": "Point"})
        opened["properties"]["type"] = TOWN.get("categories", ["library"])[0]
    return body


def day(body):
    """It says something: words or feelings."""
    body["feelings"] = once(body.get("feelings") or [], "feeling")
    if not body["feelings"] and not (body.get("text") or "").strip():
        body["text"] = "A quiet day."
    return body


def invitation(body):
    """It ends from today on and within a year."""
    if body.get("expires_on"):
        body["expires_on"] = str(datetime.date.today() + datetime.timedelta(days=30))
    return body


KEYS = itertools.count()
# Supports that were merged into others, and are no more.
MERGED = set()
BODIES = {
    "/places/{id}/diary": day, "/places/{id}/diary/{d}": day,
    "/places/{id}/photos/{p}": photo, "/gazetteer/near": question, "/places": place, "/places/{id}": place, "/places/preview": place, "/supports": support, "/supports/{id}": support, "/supports/search": question,
    "/places/search": question, "/study/proximity": proximity, "/study/queries": kept, "/what-if": plan, "/what-if.gpkg": plan,
    "/invitations": invitation,
}


def positive(case):
    mode = case.meta.generation.mode if case.meta else None
    return mode is not None and mode.is_positive


def whole(value):
    """17.0 is a whole number by JSON Schema; ours are written without a fraction."""
    if isinstance(value, dict):
        return {name: whole(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@schemathesis.hook
def before_call(context, case, **kwargs):
    """Rules between values: made to hold where everything else is right."""
    if not positive(case):
        return
    # A picture is left alone: a body that was set is judged anew, and bytes never fit a schema.
    if isinstance(case.body, dict | list):
        case.body = whole(case.body)
    query = case.query if hasattr(case.query, "pop") else {}
    query.pop("cursor", None)
    if not query.get("near"):
        query.pop("radius", None)
    if query.get("open_during"):
        query.pop("open_at", None)
    # The town's release has large cells, and so no surface that is finer.
    if str(query.get("bandwidth")) == "500":
        query.pop("bandwidth")
    # A key belongs to one request; supports alone can be filtered.
    if hasattr(case.headers, "get") and case.headers.get("Idempotency-Key"):
        case.headers["Idempotency-Key"] = f"key-{next(KEYS):032}"
    if not str((case.path_parameters or {}).get("file", "supports")).startswith("supports."):
        for name in [name for name in query if name != "bom"]:
            query.pop(name)
    path = re.sub("^/api/communities/{c}", "", case.operation.path)
    if isinstance(case.body, dict):
        if path in BODIES:
            case.body = BODIES[path](case.body)
        if path == "/participants":
            case.body.pop("invitation", None)
        if path == "/supports/{id}/merge":
            case.body["into"] = next(id for id in TOWN["supports"] if id not in {*MERGED, case.path_parameters["id"]})
        consent = case.body.get("consent") if path == "/participants" else case.body if path == "/me/consent" else None
        if consent:
            consent["version"] = TOWN.get("consent", "")


@schemathesis.hook
def filter_case(context, case):
    if above_most(case) or too_long(case) or unsent(case):
        return False
    # A number or a truth sent as a header is a text, and a right one.
    if not positive(case) and case.operation.path.endswith(("/photos", "/diary")) and re.fullmatch("[!-~]{1,200}", str(value(case.headers or {}, "Idempotency-Key"))):
        return False
    # A code of the second factor is right for half a minute, and once.
    if positive(case) and case.operation.path == "/api/staff/session/confirm":
        return False
    # The texts above are CQL2's text form.
    if positive(case) and value(case.query, "filter") and value(case.query, "filter-lang") == "cql2-json":
        return False
    return True


@schemathesis.hook
def after_call(context, case, response):
    """Whoever keeps as many questions as there is room for deletes one first; and what was merged is remembered."""
    if response.status_code < 300 and case.operation.path.endswith("/merge"):
        MERGED.add(case.path_parameters["id"])
    if response.status_code == 201 and case.operation.path.endswith("/study/queries"):
        sent = response.request
        requests.delete(f"{sent.url}/{response.json()['id']}", headers={"Authorization": sent.headers["Authorization"]}).raise_for_status()
