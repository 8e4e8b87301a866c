// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.agent;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody can do to a conversation beside answering it and closing it. */
public enum ConversationAct {
    /** {@code {"add": […], "remove": […]}}. */
    TAGS {
        @Override
        Event read(String conversation, String key, JsonFields body, Instant at) throws MalformedPayload {
            body.allow(List.of("add", "remove"));
            List<String> add = tags(body, "add");
            List<String> remove = tags(body, "remove");
            if (add.isEmpty() && remove.isEmpty()) {
                throw new MalformedPayload("add or remove must name a tag");
            }
            return new DeskEvent.ConversationTagged(key, at, conversation, add, remove);
        }
    },
    /** {@code {"team", "assignee"}}: what is not there stays, and what is empty is taken away. */
    ASSIGN {
        @Override
        Event read(String conversation, String key, JsonFields body, Instant at) throws MalformedPayload {
            body.allow(List.of("team", "assignee"));
            String team = called(body, "team");
            String assignee = called(body, "assignee");
            if (team == null && assignee == null) {
                throw new MalformedPayload("team or assignee must be there");
            }
            return new DeskEvent.ConversationUpdated(key, at, conversation, null, assignee, team, null, null);
        }
    },
    /** {@code {"text", "author": {"name"}}}. */
    NOTE {
        @Override
        Event read(String conversation, String key, JsonFields body, Instant at) throws MalformedPayload {
            body.allow(List.of("text", "author"));
            Optional<JsonFields> author = body.findObject("author");
            String name = author.isPresent() ? called(author.get(), "name") : null;
            return new DeskEvent.NoteWritten(
                    key, at, conversation, body.text("text"), name == null || name.isEmpty() ? null : name);
        }
    },
    /** Nothing, or an empty object. */
    REOPEN {
        @Override
        Event read(String conversation, String key, JsonFields body, Instant at) throws MalformedPayload {
            body.allow(List.of());
            return new DeskEvent.ConversationReopened(key, at, conversation, null);
        }
    };

    private static final int LONGEST_NAME = 200;
    private static final int MOST_TAGS = 50;

    /** The event of a body. */
    abstract Event read(String conversation, String key, JsonFields body, Instant at) throws MalformedPayload;

    private static List<String> tags(JsonFields body, String name) throws MalformedPayload {
        List<String> tags = body.texts(name).stream().map(String::strip).toList();
        if (tags.size() > MOST_TAGS) {
            throw new MalformedPayload(name + " must have at most " + MOST_TAGS + " tags");
        }
        for (String tag : tags) {
            if (tag.isEmpty() || tag.length() > LONGEST_NAME || !isOneLine(tag)) {
                throw new MalformedPayload(
                        "a tag of " + name + " must have 1 to " + LONGEST_NAME + " characters in one line");
            }
        }
        return tags;
    }

    private static @Nullable String called(JsonFields body, String field) throws MalformedPayload {
        String name = body.findText(field).map(String::strip).orElse(null);
        if (name != null && (name.length() > LONGEST_NAME || !isOneLine(name))) {
            throw new MalformedPayload(
                    body.at(field) + " must have at most " + LONGEST_NAME + " characters in one line");
        }
        return name;
    }

    private static boolean isOneLine(String text) {
        return text.codePoints()
                .noneMatch(one -> Character.isISOControl(one)
                        || Character.getType(one) == Character.LINE_SEPARATOR
                        || Character.getType(one) == Character.PARAGRAPH_SEPARATOR);
    }
}
