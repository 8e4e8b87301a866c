// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zendesk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The triggers and automations that are active, groups and agents. Thread-safe. */
final class ZendeskRules {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<ObjectNode> triggers = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> automations = new CopyOnWriteArrayList<>();

    void serve(ApiRoutes routes) {
        routes.on("GET", "/api/v2/triggers/active", call -> list("triggers", triggers))
                .on("GET", "/api/v2/automations/active", call -> list("automations", automations))
                .on("GET", "/api/v2/groups/{id}", ZendeskRules::group);
    }

    /** Adds one that mails the requester when a ticket is made or changed, and changes it as is wanted. */
    void mailsRequesters(boolean automation, String title, Consumer<ObjectNode> change) {
        ObjectNode rule = JSON.objectNode().put("title", title).put("active", true);
        ObjectNode action = rule.putArray("actions").addObject().put("field", "notification_user");
        action.putArray("value")
                .add("requester_and_ccs")
                .add("[{{ticket.title}}]")
                .add("{{ticket.comments_formatted}}");
        ObjectNode conditions = rule.putObject("conditions");
        conditions.putArray("all").addObject().put("field", "update_type").put("value", "Create");
        conditions.putArray("any");
        change.accept(rule);
        (automation ? automations : triggers).add(rule);
    }

    private static SimulatorResponse list(String name, List<ObjectNode> rules) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode all = answer.putArray(name);
        rules.forEach(all::add);
        answer.putObject("meta").put("has_more", false);
        return SimulatorResponse.json(200, answer);
    }

    private static SimulatorResponse group(ApiCall call) throws ApiRefusal {
        if (!call.step("id").equals(ZendeskSimulator.TEAM)) {
            throw new ApiRefusal(404, ZendeskJson.error("RecordNotFound", "Not found"));
        }
        ObjectNode answer = JSON.objectNode();
        answer.putObject("group")
                .put("id", Long.parseLong(ZendeskSimulator.TEAM))
                .put("name", "Billing")
                .put("deleted", false);
        return SimulatorResponse.json(200, answer);
    }
}
