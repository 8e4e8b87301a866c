// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of recorded cases: any other is a slip that would leave something unchecked. */
final class CaseKeys {
    private static final Set<String> RECEIVED =
            Set.of("receive", "events", "malformed", "unauthentic", "answer", "files");
    private static final Set<String> SENT = Set.of("send", "request", "answer", "calls", "outcome", "token");
    private static final Set<String> LOOKED_UP = Set.of("lookUp", "calls", "outcome", "token");
    private static final Set<String> ASKED = Set.of("ask", "request", "answer", "calls", "known", "token");
    private static final Set<String> POLLED = Set.of("poll", "calls", "events", "token");

    /** Below the first ones; what is below {@code headers} is free. */
    private static final Map<String, Set<String>> BELOW = Map.ofEntries(
            Map.entry("receive", Set.of("method", "query", "headers", "body", "at")),
            Map.entry("answer", Set.of("status", "headers", "body")),
            Map.entry("request", Set.of("method", "url", "headers", "body")),
            Map.entry("outcome", Set.of("is", "kept", "losses")),
            Map.entry("poll", Set.of("at")),
            Map.entry("ask", Set.of("email", "phone", "at")),
            Map.entry("token", Set.of("request", "answer")),
            Map.entry("media", Set.of("type", "url", "name", "content")),
            Map.entry("location", Set.of("latitude", "longitude", "name", "address")),
            Map.entry("template", Set.of("name", "language", "parameters")),
            Map.entry("choices", Set.of("text", "button", "items")));

    private static final Set<String> TO_CUSTOMER =
            Set.of("to", "text", "media", "location", "choices", "template", "replyTo", "key", "at");
    private static final Set<String> TO_DESK = Set.of(
            "notice",
            "reference",
            "text",
            "media",
            "name",
            "subject",
            "notes",
            "author",
            "status",
            "reason",
            "detail",
            "reaction",
            "key",
            "at",
            "kept",
            "tags",
            "priority",
            "team",
            "assignee",
            "closed",
            "identities");

    private static final Set<String> DOUBTED =
            Stream.concat(TO_DESK.stream(), Stream.of("since", "known")).collect(Collectors.toUnmodifiableSet());

    private CaseKeys() {}

    /** Fails at the first key that is none, with the one that may be meant. */
    static void check(Node root, boolean desk) throws CaseFailed {
        Problems problems = new Problems();
        allow(root, known(root), problems);
        below(root, problems);
        root.get("calls").ifPresent(calls -> calls.items().forEach(call -> {
            allow(call, Set.of("request", "answer"), problems);
            below(call, problems);
        }));
        root.get("lookUp").ifPresent(lookUp -> {
            allow(lookUp, DOUBTED, problems);
            below(lookUp, problems);
        });
        root.get("send").ifPresent(send -> {
            allow(send, desk ? TO_DESK : TO_CUSTOMER, problems);
            below(send, problems);
        });
        root.get("token").ifPresent(token -> below(token, problems));
        List<Problem> all = problems.all();
        if (!all.isEmpty()) {
            throw new CaseFailed(all.get(0).toString());
        }
    }

    private static Set<String> known(Node root) {
        if (root.get("receive").isPresent()) {
            return RECEIVED;
        }
        if (root.get("ask").isPresent()) {
            return ASKED;
        }
        return root.get("lookUp").isPresent() ? LOOKED_UP : root.get("poll").isPresent() ? POLLED : SENT;
    }

    private static void below(Node node, Problems problems) {
        BELOW.forEach((key, keys) -> node.get(key).ifPresent(below -> allow(below, keys, problems)));
    }

    private static void allow(Node node, Set<String> keys, Problems problems) {
        if (node.shape() == Node.Shape.MAP) {
            node.allowKeys(problems, new HashSet<>(keys));
        }
    }
}
