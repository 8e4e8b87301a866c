// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import java.util.List;
import java.util.Map;

/** Lets a fuzzer at the parameters of the API. */
public final class ApiRequestFuzz {
    private enum Word {
        OPEN,
        CLOSED
    }

    private ApiRequestFuzz() {}

    /** Reads a text as a parameter of every kind. */
    public static void ask(String text) {
        ApiRequest request = new ApiRequest(
                text,
                Map.of("limit", text, "word", text),
                List.of(text),
                text,
                new byte[0],
                "/api/v1/x/" + text,
                List.of(),
                Caller.unknown("127.0.0.1"),
                null);
        for (Asking asking :
                List.<Asking>of(ApiRequest::limit, it -> it.time("after", text), it -> it.word("word", Word.class))) {
            try {
                asking.ask(request);
            } catch (Refusal e) {
                if (e.answer().status() != 400) {
                    throw new AssertionError("refused with " + e.answer().status());
                }
            }
        }
        ApiRoute route = new ApiRoute("GET", "/api/v1/conversations/{id}/messages", List.of(), false, any -> null);
        String id = route.match(text);
        if (id != null && id.indexOf('/') >= 0) {
            throw new AssertionError("an id with a slash");
        }
    }

    private interface Asking {
        Object ask(ApiRequest request) throws Refusal;
    }
}
