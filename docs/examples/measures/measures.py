#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Recomputes the measures of docs/measures.md from the tables of an SQLite store, apart from the gateway's own code.

    measures.py data/dragoman.db SINCE UNTIL NOW [--by channel] [--zone Europe/Berlin] [--contact-days 7]
                [--week '{"0": [[540, 1020]], ...}']

Times are milliseconds. --week has the business hours in the zone, minutes of the day by weekday (0 is Monday). Prints the
JSON of /api/v1/report/measures. It holds everything in memory and compares each with each: for checking, not for speed.
"""
import argparse
import datetime
import json
import sqlite3
import statistics
import zoneinfo

DAY = 86_400_000
PERSON = ("AGENT", "PHONE")
MACHINE = ("RULE", "BOT")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("store")
    for name in ("since", "until", "now"):
        parser.add_argument(name, type=int)
    parser.add_argument("--by")
    parser.add_argument("--zone", default="UTC")
    parser.add_argument("--contact-days", type=int, default=7)
    parser.add_argument("--week", type=json.loads)
    return parser.parse_args()


def rows(db, table):
    db.row_factory = sqlite3.Row
    return [dict(row) for row in db.execute(f"SELECT * FROM {table}")]


def percentiles(millis):
    """By nearest rank, in seconds."""
    ordered = sorted(max(0, m) for m in millis)
    if not ordered:
        return {"count": 0}
    rank = lambda percent: ordered[-(-len(ordered) * percent // 100) - 1] / 1000
    return {"count": len(ordered), "median": rank(50), "p90": rank(90)}


def share(part, of):
    return {"part": part, "of": of, "rate": part / of if of else None}


def score(surveys, kind):
    """None where none reached anybody; the figures only of ten answers and more."""
    surveys = [s for s in surveys if s["kind"] == kind and s["delivered_at"] is not None]
    answers = [s["score"] for s in surveys if s["score"] is not None]
    if not surveys:
        return None
    found = {"answered": share(len(answers), len(surveys))}
    n = len(answers)
    if n < 10:
        return found
    z = statistics.NormalDist().inv_cdf(0.975)
    if kind == "nps":
        each = [100 if a >= 9 else -100 if a <= 6 else 0 for a in answers]
        mean = statistics.fmean(each)
        half = z * statistics.pstdev(each) / n ** 0.5
        low, high = max(-100, mean - half), min(100, mean + half)
    else:
        mean = sum(a >= {"csat": 4, "ces": 5}[kind] for a in answers) / n
        # Wilson: the two roots of (p - mean)^2 = z^2 p (1 - p) / n
        a, b, c = 1 + z * z / n, -2 * mean - z * z / n, mean * mean
        root = (b * b - 4 * a * c) ** 0.5
        low, high = (-b - root) / (2 * a), (-b + root) / (2 * a)
    return found | {"score": mean, "low": low, "high": high}


def local(millis, zone):
    return datetime.datetime.fromtimestamp(millis / 1000, datetime.timezone.utc).astimezone(zone)


def open_millis(start, end, week, zone):
    """How much of a time lies in the business hours, span by span."""
    total = 0
    day = local(start, zone).date() - datetime.timedelta(days=1)
    while day <= local(max(start, end), zone).date():
        for begin, finish in week.get(str(day.weekday()), []):
            midnight = datetime.datetime(day.year, day.month, day.day)
            edges = [(midnight + datetime.timedelta(minutes=m)).replace(tzinfo=zone).timestamp() * 1000 for m in (begin, finish)]
            total += max(0, min(end, edges[1]) - max(start, edges[0]))
        day += datetime.timedelta(days=1)
    return int(total)


class Measures:
    def __init__(self, options):
        self.options = options
        self.zone = zoneinfo.ZoneInfo(options.zone)
        db = sqlite3.connect(f"file:{options.store}?mode=ro", uri=True)
        self.conversations = rows(db, "conversation")
        by_id = {c["id"]: c for c in self.conversations}
        for c in self.conversations:
            c["messages"], c["states"] = [], []
        for m in sorted(rows(db, "message"), key=lambda m: m["sequence"]):
            if m["direction"] != "NOTE":
                m["in"] = by_id[m["conversation"]]
                by_id[m["conversation"]]["messages"].append(m)
        for s in sorted(rows(db, "state_change"), key=lambda s: s["n"]):
            by_id[s["conversation"]]["states"].append(s)
        self.surveys = [s | {"of": by_id[s["conversation"]]} for s in rows(db, "survey") if s["kind"] != "own"]
        for c in self.conversations:
            self.read(c)

    @staticmethod
    def read(c):
        sent = lambda m: m["direction"] == "OUT" and m["status"] != "FAILED"
        asked = [m for m in c["messages"] if m["author_kind"] == "CONTACT"]
        answers = [m for m in c["messages"] if m["author_kind"] in PERSON and sent(m)]
        machines = [m for m in c["messages"] if m["author_kind"] in MACHINE and sent(m)]
        c["by_us"] = bool(answers) and (not asked or answers[0]["sequence"] < asked[0]["sequence"])
        c["asked_at"] = min((m["received_at"] for m in asked), default=None)
        c["answered_at"] = min((m["received_at"] for m in answers), default=None)
        c["came"] = bool(asked) and not c["by_us"]
        c["machine_last"] = bool(asked) and bool(machines) and machines[-1]["sequence"] > asked[-1]["sequence"]
        c["closings"] = [s["at"] for s in c["states"] if s["status"] == "closed"]
        c["openings"] = [s["at"] for s in c["states"] if s["status"] == "open"]

    def group(self, c, at):
        by = self.options.by
        if by == "hour":
            return f"{local(at, self.zone).hour:02d}"
        if by == "day":
            return local(at, self.zone).date().isoformat()
        return c[by] if by else None

    def came_back(self, c):
        """Whether the customer had to come again within the days after the first closing."""
        closed = c["closings"][0]
        end = closed + self.options.contact_days * DAY
        if any(at <= end for at in c["openings"]):
            return True
        return any(
            o["contact"] == c["contact"] and o["came"] and closed < o["created_at"] <= end for o in self.conversations)

    def line(self, group, mine):
        o = self.options
        begun = [c for c in self.conversations if o.since <= c["created_at"] < o.until and mine(c, c["created_at"])]
        came = [c for c in begun if c["came"]]
        messages = [m for c in self.conversations for m in c["messages"] if mine(c, m["received_at"])]
        now = [m for m in messages if o.since <= m["received_at"] < o.until]
        before = [m for m in messages if max(0, 2 * o.since - o.until) <= m["received_at"] < o.since]
        writers = lambda some: {m["in"]["contact"] for m in some if m["author_kind"] == "CONTACT" and m["direction"] == "IN"}
        responses = [(c["asked_at"], c["answered_at"]) for c in came if c["answered_at"] is not None]
        resolutions = [(c["created_at"], c["closed_at"]) for c in begun if c["closed_at"] is not None]
        closed_once = [c for c in begun if c["closings"]]
        settled = [c for c in came if c["closings"] and c["closings"][0] + o.contact_days * DAY <= o.now]
        contacts = [c["contact"] for c in came]
        closed = [c for c in came if c["status"] == "closed"]
        line = {
            "conversations": len(begun),
            "byUs": sum(c["by_us"] for c in begun),
            "messagesIn": sum(m["direction"] == "IN" for m in now),
            "messagesOut": sum(m["direction"] == "OUT" for m in now),
            "automatic": sum(m["author_kind"] == "RULE" for m in now),
            "firstResponse": percentiles(b - a for a, b in responses),
            "unanswered": sum(c["answered_at"] is None and c["status"] == "open" for c in came),
            "closedUnanswered": sum(c["answered_at"] is None and c["status"] == "closed" for c in came),
            "resolution": percentiles(b - a for a, b in resolutions),
            "firstContact": share(sum(not self.came_back(c) for c in settled), len(settled)),
            "firstContactPending": sum(bool(c["closings"]) for c in came) - len(settled),
            "reopened": share(sum(bool(c["openings"]) for c in closed_once), len(closed_once)),
            "repeat": share(sum(contacts.count(k) > 1 for k in set(contacts)), len(set(contacts))),
            "deflected": share(sum(c["answered_at"] is None and c["machine_last"] for c in closed), len(closed)),
            "backlog": percentiles(
                o.now - c["created_at"] for c in self.conversations if c["status"] == "open" and mine(c, c["created_at"])),
        }
        if o.week is not None:
            inside = lambda spans: percentiles(open_millis(a, b, o.week, self.zone) for a, b in spans)
            line["firstResponseOpen"], line["resolutionOpen"] = inside(responses), inside(resolutions)
        if o.by not in ("hour", "day") or group is ALL:
            line["churn"] = share(len(writers(before) - writers(now)), len(writers(before)))
        asked = [s for s in self.surveys if o.since <= s["sent_at"] < o.until and mine(s["of"], s["sent_at"])]
        for kind in ("csat", "nps", "ces"):
            if found := score(asked, kind):
                line[kind] = found
        if group is not ALL and group is not None:
            line["group"] = group
        return line

    def report(self):
        o = self.options
        groups = set()
        if o.by:
            length = o.until - o.since
            for c in self.conversations:
                times = [m["received_at"] for m in c["messages"]]
                shown = [at for at in times if max(0, o.since - length) <= at < o.until]
                if o.since <= c["created_at"] < o.until or c["status"] == "open":
                    shown.append(c["created_at"])
                groups |= {self.group(c, at) for at in shown}
            groups |= {self.group(s["of"], s["sent_at"]) for s in self.surveys if o.since <= s["sent_at"] < o.until}
        return {
            "total": self.line(ALL, lambda c, at: True),
            "lines": [
                self.line(g, lambda c, at, g=g: self.group(c, at) == g)
                for g in sorted(groups, key=lambda g: (g is not None, g or ""))
            ],
        }


ALL = object()
print(json.dumps(Measures(arguments()).report()))
