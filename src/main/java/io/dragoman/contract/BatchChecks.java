// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.SharedWebhook;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests with more than one thing in them, or for more than one account. */
final class BatchChecks {
    static final String GROUP = "batches";

    /** What no element of a batch is. */
    private static final List<JsonNode> BAD = List.of(
            JsonNodeFactory.instance.objectNode().put("nobody", "knows this"),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.nullNode(),
            JsonNodeFactory.instance.numberNode(7),
            JsonNodeFactory.instance.textNode("word"),
            JsonNodeFactory.instance.arrayNode().add("word"));

    private BatchChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                Webhooks.check(
                        GROUP,
                        "half good, half bad",
                        "An element that makes no sense takes none of the others with it.",
                        BatchChecks::half),
                Webhooks.check(
                        GROUP,
                        "for another account",
                        "What is posted for a number or page of somebody else is not taken for ours.",
                        BatchChecks::others));
    }

    private static void half(WebhookSample sample) throws Exception {
        for (JsonNode bad : BAD) {
            half(sample, bad);
        }
    }

    /** The good element before a bad one, and behind it. */
    private static void half(WebhookSample sample, JsonNode bad) throws Exception {
        for (boolean first : new boolean[] {true, false}) {
            JsonNode root = tree(sample.recorded());
            ArrayNode batch = batch(sample, root);
            batch.insert(first ? batch.size() : 0, bad);
            List<? extends Event> events;
            try {
                events = read(sample, root);
            } catch (MalformedPayload e) {
                events = e.readable(); // the rest is kept as dead
                if (events.isEmpty()) {
                    throw new CheckFailed(
                            "the whole request is unreadable for " + bad + ": " + e.getMessage(),
                            "the events of what is good");
                }
            }
            Expect.that(
                    Json.writeAll(events, Event.class).contains(WebhookSample.CANARY),
                    "events without the message beside " + bad,
                    "the events of what is good");
        }
    }

    private static List<? extends Event> read(WebhookSample sample, JsonNode root) throws Exception {
        Request request = sample.signed(Json.write(root).getBytes(StandardCharsets.UTF_8));
        return Webhooks.read(sample, request);
    }

    private static void others(WebhookSample sample) throws Exception {
        if (!(sample.connector() instanceof SharedWebhook shared)) {
            throw new NotApplicable("each account has an address of its own");
        }
        String ours = shared.recipient(sample.account());
        Request request = sample.request();
        Set<String> named = shared.recipients(Webhooks.verify(sample, sample.account(), request));
        Expect.that(named.contains(ours), "recipients " + named, "ours, " + ours);
        String body = new String(sample.recorded(), StandardCharsets.UTF_8);
        Expect.that(body.contains(ours), "a request that does not name " + ours, "one for the sample's account");
        Request strange = sample.signed(body.replace(ours, ours + "9").getBytes(StandardCharsets.UTF_8));
        Set<String> found = shared.recipients(Webhooks.verify(sample, sample.account(), strange));
        Expect.that(!found.contains(ours) && !found.isEmpty(), "recipients " + found, "the other one, " + ours + "9");
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (IOException e) {
            throw new NotApplicable("what is posted to it is no JSON");
        }
    }

    /** The innermost array around the message whose elements are events of their own: with another there are more. */
    private static ArrayNode batch(WebhookSample sample, JsonNode root) throws Exception {
        List<ArrayNode> arrays = arrays(root);
        List<ArrayNode> others = arrays(tree(sample.recorded())); // with ids of its own
        int once = read(sample, root).size();
        for (int i = arrays.size() - 1; i >= 0; i--) {
            JsonNode element = next(others.get(i));
            if (element != null && element.isObject()) {
                arrays.get(i).add(element);
                boolean more = read(sample, root).size() > once;
                arrays.get(i).remove(arrays.get(i).size() - 1);
                if (more) {
                    return arrays.get(i);
                }
            }
        }
        throw new NotApplicable("its requests carry one event each");
    }

    /** Those around the message, the outermost first. */
    private static List<ArrayNode> arrays(JsonNode root) {
        List<ArrayNode> arrays = new ArrayList<>();
        for (JsonNode at = root; at != null; at = next(at)) {
            if (at instanceof ArrayNode array) {
                arrays.add(array);
            }
        }
        return arrays;
    }

    private static @Nullable JsonNode next(JsonNode node) {
        for (JsonNode child : node) {
            if (child.toString().contains(WebhookSample.CANARY)) {
                return child;
            }
        }
        return null;
    }
}
