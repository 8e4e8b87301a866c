// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person did with a button, or asked for by a slash command. */
record Interaction(Request request) {
    List<CustomerEvent> read(JsonFields payload) throws MalformedPayload {
        String type = payload.text("type");
        if (!type.equals("block_actions")) {
            String key = Hashes.sha256Hex(request.body());
            return List.of(new Ignored(
                    key, request.receivedAt(), "interaction." + Ignored.word(type), "it is no button of a message"));
        }
        List<CustomerEvent> pressed = new ArrayList<>();
        for (JsonFields action : payload.objects("actions")) {
            pressed.add(pressed(payload, action));
        }
        if (pressed.isEmpty()) {
            throw new MalformedPayload("actions must have at least one action");
        }
        return pressed;
    }

    private CustomerEvent pressed(JsonFields payload, JsonFields action) throws MalformedPayload {
        JsonFields container = payload.inner("container");
        JsonFields user = payload.object("user");
        String channel = payload.object("channel").text("id");
        String ts = container.text("message_ts");
        String time = action.text("action_ts");
        String address = SlackPlace.address(channel, ts, container);
        String key = "pressed:" + channel + ":" + time + ":" + user.text("id") + ":" + action.word("action_id");
        return received(key, address, user.text("id"), user.word("username"), time, picked(action), channel + ":" + ts);
    }

    private static List<Part> picked(JsonFields action) {
        JsonFields option = action.inner("selected_option");
        boolean button = !option.node().isObject();
        JsonFields chosen = button ? action : option;
        List<Part> parts = new PartList()
                .choice(chosen.word("value"), chosen.inner("text").word("text"))
                .parts();
        String type = action.word("type");
        return parts.isEmpty() ? List.of(new Part.Unsupported(type == null ? "action" : type, action.raw())) : parts;
    }

    /** It has no message that an answer could go below: the answer goes to the channel. */
    CustomerEvent command(ReceivedForm form) throws MalformedPayload {
        String channel = value(form, "channel_id");
        String words = (value(form, "command") + " " + form.find("text").orElse("")).strip();
        String key = "command:" + value(form, "trigger_id");
        List<Part> parts = List.of(new Part.Text(JsonFields.clean(words)));
        return received(
                key, channel, value(form, "user_id"), form.find("user_name").orElse(null), "", parts, null);
    }

    private static String value(ReceivedForm form, String name) throws MalformedPayload {
        return form.find(name)
                .map(JsonFields::clean)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new MalformedPayload(name + " is missing"));
    }

    private CustomerEvent received(
            String key,
            String address,
            String user,
            @Nullable String name,
            String time,
            List<Part> parts,
            @Nullable String replyTo) {
        return new MessageReceived(
                key,
                SlackPlace.time(time, request.receivedAt()),
                SlackPlace.sender(address, user, name),
                key,
                parts,
                replyTo,
                SlackPlace.threading(address),
                null,
                null,
                null);
    }
}
