// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.discord;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Commands and pressed buttons as Discord tells of them. Thread-safe. */
final class InteractionMaker {
    private static final int BUTTON = 2;

    private final ObjectMapper json = new ObjectMapper();
    private final DiscordIds ids;

    InteractionMaker(DiscordIds ids) {
        this.ids = ids;
    }

    ObjectNode user(String customer) {
        return json.createObjectNode()
                .put("id", ids.person(customer))
                .put("username", customer)
                .put("global_name", customer);
    }

    /** How an address is tried. */
    ObjectNode ping() {
        return json.createObjectNode()
                .put("id", ids.next())
                .put("application_id", DiscordSimulator.APPLICATION)
                .put("type", 1)
                .put("token", "token-" + ids.next())
                .put("version", 1);
    }

    ObjectNode command(String customer, String text) {
        ObjectNode command = interaction(customer, 2);
        ObjectNode data =
                command.putObject("data").put("id", "1").put("name", "ask").put("type", 1);
        data.putArray("options").addObject().put("name", "text").put("type", 3).put("value", text);
        return command;
    }

    ObjectNode pressed(String customer, ChannelMessages.Shown shown) {
        ObjectNode press = interaction(customer, 3);
        press.set("message", shown.message());
        boolean button = shown.component().path("type").asInt() == BUTTON;
        ObjectNode data = press.putObject("data").put("component_type", button ? BUTTON : 3);
        data.put("custom_id", button ? shown.component().path("custom_id").asText() : "choices");
        if (!button) {
            data.putArray("values").add(shown.component().path("value").asText());
        }
        return press;
    }

    private ObjectNode interaction(String customer, int type) {
        ObjectNode interaction = ping().put("type", type)
                .put("channel_id", ids.direct(customer))
                .put("context", 1)
                .put("locale", "en-US");
        interaction.set("user", user(customer));
        return interaction;
    }
}
