// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.model.Json;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which of a page's apps answers a customer: another one may have the conversation, until this one takes it:
 * https://developers.facebook.com/docs/messenger-platform/handover-protocol.
 *
 * @param owner the id of the page
 */
record ThreadControl(GraphApi api, String owner) {
    private static final Set<Integer> ELSEWHERE = Set.of(2018300, 2018334);

    /** Whether it was refused since another app has the conversation: then nothing was sent. */
    static boolean isElsewhere(Response response) {
        return ELSEWHERE.contains(
                response.json().path("error").path("error_subcode").asInt());
    }

    /** Takes the conversation, and does {@code then} where Meta lets this app have it. */
    Outcome take(String customer, Supplier<Outcome> then) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.putObject("recipient").put("id", customer);
        Outcome taken = api.post(owner + "/take_thread_control", body, answer -> new Outcome.Sent(null))
                .repeatable(); // taking it twice is the same as once
        return taken instanceof Outcome.Sent ? then.get() : taken;
    }
}
