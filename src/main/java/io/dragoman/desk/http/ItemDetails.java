// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ExpressionFailed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks more of each item of a poll's list, page by page. For one poll and one thread. */
final class ItemDetails {
    /** So many pages of one ticket are read: a list without an end must not hold up all others. */
    static final int MOST_PAGES = 50;

    /** Is in an item of which later pages follow: its state is told with the last of them. */
    private static final String FURTHER = "further";

    private static final int NOT_FOUND = 404;

    private final Poll poll;
    private final Asking asking;

    ItemDetails(Poll poll, Asking asking) {
        this.poll = poll;
        this.asking = asking;
    }

    /** Asks the helpdesk. */
    @FunctionalInterface
    interface Asking {
        Response ask(CallTemplate template, Map<String, Object> variables) throws TransportFailure, ExpressionFailed;
    }

    /**
     * What was told of an item.
     *
     * @param pages the item once with each page of its details, what came earlier before what came later
     * @param refusal what was answered in place of that; null for nothing
     * @param cut whether there are more pages than are read
     */
    record Told(List<Map<String, Object>> pages, @Nullable String refusal, boolean cut) {
        static Told refused(String refusal) {
            return new Told(List.of(), refusal, false);
        }
    }

    /** The item with all that is asked of it. */
    Told of(Object item, Map<String, Object> variables) throws TransportFailure, ExpressionFailed {
        Map<String, Object> here = new HashMap<>(variables);
        here.remove("page"); // that of the list
        List<Map<String, Object>> pages = new ArrayList<>();
        while (true) {
            Map<String, Object> all = fields(item);
            here.put("item", item instanceof Map ? all : item);
            Answered answered = detail(poll.detail(), "detail", all, here);
            Answered more = answered.refusal() == null ? detail(poll.more(), "more", all, here) : answered;
            if (more.refusal() != null) {
                return Told.refused(more.refusal());
            }
            boolean backwards = poll.detail() != null && poll.detail().backwards();
            pages.add(backwards ? 0 : pages.size(), all);
            Object following = answered.next();
            if (following == null || pages.size() >= MOST_PAGES) {
                pages.subList(0, pages.size() - 1).forEach(page -> page.put(FURTHER, true));
                return new Told(pages, null, following != null);
            }
            here.put("page", following);
        }
    }

    private static Map<String, Object> fields(Object item) {
        Map<String, Object> all = new HashMap<>();
        if (item instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> all.put(String.valueOf(name), value));
        } else {
            all.put("item", item);
        }
        return all;
    }

    /**
     * How one page was answered.
     *
     * @param refusal what was answered in place of it; null for nothing
     * @param next what the next is asked by; null where there is none
     */
    private record Answered(
            @Nullable String refusal, @Nullable Object next) {
        static final Answered NOTHING = new Answered(null, null);
    }

    private Answered detail(
            @Nullable Detail detail, String name, Map<String, Object> all, Map<String, Object> variables)
            throws TransportFailure, ExpressionFailed {
        if (detail == null || (detail.when() != null && !detail.when().test(variables, variables))) {
            return Answered.NOTHING;
        }
        Response response = asking.ask(detail.request(), variables);
        if (response.status() == NOT_FOUND) {
            return Answered.NOTHING;
        }
        if (!response.ok()) {
            return new Answered(String.valueOf(response.status()), null);
        }
        Object body = poll.answer().body(response);
        if (body == null) { // such as a page for people, in front of a helpdesk that is down
            return new Answered(response.status() + " with something that cannot be read", null);
        }
        all.put(name, body);
        Expression next = detail.next();
        Object following = next == null ? null : poll.answer().value(next, response, variables);
        return following == null || following.equals(variables.get("page"))
                ? Answered.NOTHING
                : new Answered(null, following);
    }
}
