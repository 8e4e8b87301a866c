// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.Queries;
import io.dragoman.app.answers.AnswerQueries;
import io.dragoman.app.contact.ContactTimeline.Range;
import io.dragoman.app.query.IgnoredQueries;
import io.dragoman.model.Conversation;
import io.dragoman.store.Conversations;
import io.dragoman.store.Deliveries;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What can be looked up over the API. Blocks. */
final class ReadApi {
    private static final long MOST_HOURS = 31 * 24;
    private static final int LONGEST_WORDS = 200;

    private final Queries queries;
    private final Clock clock;

    ReadApi(Queries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    ApiResponse conversations(ApiRequest request) throws Refusal {
        if (request.parameters().containsKey("desk") || request.parameters().containsKey("reference")) {
            return ofDesk(request.parameters());
        }
        Before before = before(request);
        long millis = before.millis();
        String id = before.id();
        int limit = request.limit();
        Conversation.State status = request.word("status", Conversation.State.class);
        Map<String, String> asked = request.parameters();
        Conversations.Filter filter = new Conversations.Filter(
                asked.get("channel"),
                status,
                asked.get("team"),
                asked.get("contact"),
                asked.get("tag"),
                asked.get("assignee"),
                asked.get("kind"),
                request.findTime("since"),
                request.findTime("until"));
        String words = asked.get("q");
        if (request.flag("waiting")) {
            if (words != null && !words.isBlank()) {
                throw new Refusal(400, "waiting and q cannot be asked for together.");
            }
            return ApiResponse.json(200, queries.conversations().waiting(filter, millis, id, limit));
        }
        return words == null || words.isBlank()
                ? ApiResponse.json(200, queries.conversations().page(filter, millis, id, limit))
                : search(words, filter, millis, id, limit);
    }

    /** A place of a list by time: earlier than this, and of the same millisecond what has a smaller id. */
    private record Before(long millis, String id) {}

    private static Before before(ApiRequest request) throws Refusal {
        String given = request.parameters().get("before");
        if (given == null) {
            return new Before(Long.MAX_VALUE, "");
        }
        int comma = given.indexOf(',');
        long millis = request.time("before", comma < 0 ? given : given.substring(0, comma))
                .toEpochMilli();
        return new Before(millis, comma < 0 ? "" : given.substring(comma + 1));
    }

    private ApiResponse search(String words, Conversations.Filter filter, long millis, String id, int limit)
            throws Refusal {
        if (words.length() > LONGEST_WORDS) {
            throw new Refusal(400, "q must have at most " + LONGEST_WORDS + " characters.");
        }
        return ApiResponse.json(
                200,
                queries.conversations()
                        .search(words, filter, millis, id, limit)
                        .orElseThrow(() -> new Refusal(
                                503, "The index cannot be searched now. Please try again; the log says why.")));
    }

    private ApiResponse ofDesk(Map<String, String> asked) throws Refusal {
        String desk = asked.get("desk");
        String reference = asked.get("reference");
        if (desk == null || reference == null || asked.size() > 2) {
            throw new Refusal(400, "desk and reference belong together, and take no other parameters beside them.");
        }
        return ApiResponse.json(200, queries.conversations().ofDesk(desk, reference));
    }

    ApiResponse conversation(ApiRequest request) throws Refusal {
        return found(queries.conversations().find(request.id()), "conversation");
    }

    ApiResponse contact(ApiRequest request) throws Refusal {
        return found(queries.contacts().find(request.id()), "contact");
    }

    ApiResponse contacts(ApiRequest request) throws Refusal {
        String words = request.parameters().get("q");
        return ApiResponse.json(
                200,
                queries.contacts()
                        .page(
                                words == null || words.isBlank() ? null : words.strip(),
                                request.parameters().get("before"),
                                request.limit()));
    }

    ApiResponse timeline(ApiRequest request) throws Refusal {
        Before before = before(request);
        boolean work = !request.parameters().containsKey("work") || request.flag("work");
        return found(
                queries.timelines().page(request.id(), new Range(before.millis(), before.id(), request.limit(), work)),
                "contact");
    }

    ApiResponse messages(ApiRequest request) throws Refusal {
        long after = request.number("after", 0, 0, Long.MAX_VALUE);
        return found(queries.conversations().messages(request.id(), after, request.limit()), "conversation");
    }

    ApiResponse message(ApiRequest request) throws Refusal {
        return found(queries.conversations().message(request.id()), "message");
    }

    ApiResponse explain(ApiRequest request) throws Refusal {
        return found(queries.explain().story(request.id()), "message or event");
    }

    ApiResponse deliveries(ApiRequest request) throws Refusal {
        Deliveries.State state = request.word("state", Deliveries.State.class);
        return ApiResponse.json(200, queries.deliveries().latest(state, request.limit()));
    }

    ApiResponse delivery(ApiRequest request) throws Refusal {
        return found(queries.deliveries().find(request.id()), "delivery");
    }

    ApiResponse ledger(ApiRequest request) throws Refusal {
        long hours = request.number("hours", 24, 1, MOST_HOURS);
        return ApiResponse.json(200, queries.ledger().report(clock.instant(), hours));
    }

    ApiResponse ignored(ApiRequest request) throws Refusal {
        String since = request.parameters().get("since");
        Instant from = since == null ? clock.instant().minus(IgnoredQueries.USUAL) : request.time("since", since);
        return ApiResponse.json(
                200, queries.ignored().report(from, request.parameters().get("channel")));
    }

    ApiResponse unanswered(ApiRequest request) throws Refusal {
        String since = request.parameters().get("since");
        Instant from = since == null ? clock.instant().minus(AnswerQueries.USUAL) : request.time("since", since);
        return ApiResponse.json(200, queries.answers().unanswered(from));
    }

    private static ApiResponse found(Optional<?> value, String what) throws Refusal {
        return ApiResponse.json(
                200, value.orElseThrow(() -> new Refusal(404, "There is no " + what + " with this id.")));
    }
}
