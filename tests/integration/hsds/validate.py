"""Holds every answer of an HSDS service to the schemas that are pinned beside it."""

import json
import sys
import urllib.request
from pathlib import Path

import jsonschema_rs

base, folder = sys.argv[1], Path(sys.argv[2])
schemas = {}
for path in (folder / "schema").glob("*.json"):
    schemas[path.stem] = json.loads(path.read_text())


def whole(schema):
    """A schema with what it refers to put in; what is not pinned (metadata, of which we say nothing) may be anything."""
    if isinstance(schema, list):
        return [whole(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    if isinstance(reference, str):
        return whole(schemas.get(Path(reference).stem, {}))
    return {name: whole(part) for name, part in schema.items()}


def validator(name):
    return jsonschema_rs.Draft202012Validator(whole(schemas[name]), validate_formats=True)


def ask(path):
    with urllib.request.urlopen(base + path) as answer:
        return json.load(answer)


def hold(name, document, where):
    problems = [f"{where}: {list(e.instance_path)}: {e.message}" for e in validator(name).iter_errors(document)]
    assert not problems, "\n".join(problems[:5])
    return 1


page = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}
count = 0
for path, listed, single in [
    ("/services", "service_list", "service"),
    ("/services?full=true", "service", "service"),
    ("/service_at_locations", "service_at_location_list", "service_at_location"),
    ("/organizations", "organization_list", "organization"),
    ("/taxonomies", "taxonomy", "taxonomy"),
    ("/taxonomy_terms?per_page=500", "taxonomy_term", "taxonomy_term"),
]:
    document = ask(path)
    assert set(document) == page and document["contents"], path
    for entry in document["contents"]:
        if listed in schemas:
            count += hold(listed, entry, path)
    name = path.split("?")[0]
    for entry in document["contents"][:20]:
        alone = ask(f"{name}/{entry['id']}")
        assert alone["id"] == entry["id"]
        if single in schemas:
            count += hold(single, alone, f"{name}/{{id}}")
    if name == "/organizations":
        for entry in document["contents"]:
            count += hold("organization", ask(f"{name}/{entry['id']}?full_service=true"), name)
assert count > 20, count
print(f"{count} documents are valid")
