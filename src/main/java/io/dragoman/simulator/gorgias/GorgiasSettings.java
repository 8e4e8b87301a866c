// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.gorgias;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Users, teams, and the one HTTP integration, which is there as soon as it has an address. */
final class GorgiasSettings {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Supplier<Optional<URI>> callback;
    private final String word;
    private volatile Consumer<ObjectNode> change = integration -> {};

    /**
     * @param callback where the integration posts
     * @param word that it sends
     */
    GorgiasSettings(Supplier<Optional<URI>> callback, String word) {
        this.callback = callback;
        this.word = word;
    }

    void serve(ApiRoutes routes) {
        routes.on("GET", "/api/integrations", call -> integrations())
                .on("GET", "/api/teams/{id}", call -> one(call, GorgiasSimulator.TEAM, "Billing"))
                .on("GET", "/api/users/{id}", call -> one(call, GorgiasSimulator.AGENT, "Mara Marks"));
    }

    /** An administrator changes the integration. */
    void change(Consumer<ObjectNode> what) {
        change = what;
    }

    private SimulatorResponse integrations() {
        ObjectNode answer = NODES.objectNode().put("object", "list");
        ArrayNode data = answer.putArray("data");
        callback.get().ifPresent(url -> data.add(integration(url)));
        answer.putObject("meta").putNull("prev_cursor").putNull("next_cursor");
        return SimulatorResponse.json(200, answer);
    }

    private ObjectNode integration(URI url) {
        ObjectNode integration =
                NODES.objectNode().put("id", 77).put("type", "http").put("name", "Dragoman");
        integration.putNull("deactivated_datetime");
        ObjectNode http = integration.putObject("http");
        http.put("url", url.toString()).put("method", "POST").put("form", "{{context}}");
        http.put("request_content_type", "application/json").put("response_content_type", "application/json");
        http.putObject("headers").put("X-Dragoman-Secret", word);
        http.putObject("triggers")
                .put("ticket-created", false)
                .put("ticket-updated", true)
                .put("ticket-message-created", true);
        change.accept(integration);
        return integration;
    }

    private static SimulatorResponse one(ApiCall call, String id, String name) {
        return call.step("id").equals(id)
                ? SimulatorResponse.json(
                        200, NODES.objectNode().put("id", Long.parseLong(id)).put("name", name))
                : GorgiasViews.notFound();
    }
}
