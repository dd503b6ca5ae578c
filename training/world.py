"""Outlines of land and borders for the map of the workbench: src/serve/pages/world.txt.

usage: python3 training/world.py countries-50m.json > src/serve/pages/world.txt
       (npm pack world-atlas@2.0.2; the file lies in its folder `package`)

The data are Natural Earth's (1:50 million), which are in the public domain; world-atlas has them as TopoJSON. A line is a ring
of land (L) or a piece of a border (B): hundredths of a degree, the first point and then the steps from point to point; or the
middle and the name of a country (N).
"""

import json
import sys


def arcs_of(geometry):
    """Every arc number below a geometry."""
    if isinstance(geometry, int):
        yield geometry
    else:
        for part in geometry:
            yield from arcs_of(part)


def middle(country, stitched):
    """The middle of a country's largest piece of land, in hundredths of a degree."""
    rings = [p[0] for p in (country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]])]
    best = (0, 0, 0)
    for ring in map(stitched, rings):
        area = east = north = 0
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
            cross = x1 * y2 - x2 * y1
            area, east, north = area + cross, east + (x1 + x2) * cross, north + (y1 + y2) * cross
        if area and abs(area) > best[0]:
            best = (abs(area), east / (3 * area), north / (3 * area))
    return round(best[1] * 100), round(best[2] * 100)


def main(path):
    with open(path, encoding="utf-8") as file:
        world = json.load(file)
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def stitched(numbers):
        points = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc if not points else arc[1:]
        return points

    def line(kind, points):
        whole = [(round(x * 100), round(y * 100)) for x, y in points]
        kept = [whole[0]] + [b for a, b in zip(whole, whole[1:]) if a != b]
        wide = max(x for x, _ in kept) - min(x for x, _ in kept)
        high = max(y for _, y in kept) - min(y for _, y in kept)
        # Islands of a few kilometres, and the ice of the south, are left out.
        if len(kept) < 2 or (kind == "L" and (len(kept) < 4 or max(wide, high) < 12)) or max(y for _, y in kept) < -5800:
            return
        steps = [kept[0]] + [(b[0] - a[0], b[1] - a[1]) for a, b in zip(kept, kept[1:])]
        print(kind, " ".join(f"{x} {y}" for x, y in steps))

    def land(points):
        """A ring; one across the 180th meridian goes on beyond it, and once more on the other side of the map."""
        whole, turn = [points[0]], 0
        for (before, _), (x, y) in zip(points, points[1:]):
            turn += 360 * ((before - x > 180) - (x - before > 180))
            whole.append((x + turn, y))
        line("L", whole)
        east, west = max(x for x, _ in whole), min(x for x, _ in whole)
        if east > 180.5 or west < -180.5:
            line("L", [(x - 360 if east > 180.5 else x + 360, y) for x, y in whole])

    print("# Natural Earth 1:50m land and borders, public domain; made by training/world.py")
    for polygon in (p for g in world["objects"]["land"]["geometries"] for p in g["arcs"]):
        for ring in polygon:
            land(stitched(ring))
    for country in world["objects"]["countries"]["geometries"]:
        print("N", *middle(country, stitched), country["properties"]["name"])
    owners = {}
    for at, country in enumerate(world["objects"]["countries"]["geometries"]):
        for number in arcs_of(country.get("arcs", [])):
            owners.setdefault(number if number >= 0 else ~number, set()).add(at)
    for number in sorted(number for number, of in owners.items() if len(of) > 1):
        line("B", arcs[number])


if __name__ == "__main__":
    main(sys.argv[1])
