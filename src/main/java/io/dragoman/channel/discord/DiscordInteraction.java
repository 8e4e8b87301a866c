// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody did with a command, a button, a menu or a form. */
record DiscordInteraction(Request request, JsonFields body) {
    static final int PING = 1;
    static final int COMMAND = 2;
    static final int COMPONENT = 3;
    static final int AUTOCOMPLETE = 4;
    static final int FORM = 5;

    /** Channels in which the application was used by somebody who brought it, without the bot being there. */
    private static final int ELSEWHERE = 2;

    /** The word for a server among those for whom an application was installed. */
    private static final String SERVER = "0";

    private static final Set<Integer> THREADS = Set.of(10, 11, 12);

    List<CustomerEvent> read() throws MalformedPayload {
        String id = Snowflake.of(body, "id");
        long type = body.number("type");
        if (type == PING || type == AUTOCOMPLETE) {
            String kind = type == PING ? "interaction.ping" : "interaction.autocomplete";
            String why = type == PING ? "it is how Discord tries the address" : "the command is still being written";
            return List.of(new Ignored(id, request.receivedAt(), kind, why));
        }
        boolean known = type == COMMAND || type == COMPONENT || type == FORM;
        List<Part> parts = known ? parts(type) : List.of();
        return List.of(received(
                id,
                parts.isEmpty() ? List.of(new Part.Unsupported("interaction", withoutToken(body.raw()))) : parts,
                type == COMMAND ? null : body.inner("message").word("id")));
    }

    private List<Part> parts(long type) throws MalformedPayload {
        JsonFields data = body.object("data");
        return type == COMMAND
                ? new CommandWords(data).parts()
                : type == COMPONENT ? picked(data) : new FormAnswers(data).parts();
    }

    private CustomerEvent received(String id, List<Part> parts, @Nullable String replyTo) throws MalformedPayload {
        JsonFields member = body.inner("member");
        JsonFields user = member.has("user") ? member.object("user") : body.object("user");
        String person = Snowflake.of(user, "id");
        String nick = member.word("nick");
        DiscordPlace place = place(person);
        return new MessageReceived(
                id,
                Snowflake.time(id, request.receivedAt()),
                place.sender(person, nick == null ? DiscordText.name(user) : nick, language()),
                id,
                parts,
                replyTo,
                place.threading(body.has("guild_id")),
                null,
                null,
                null);
    }

    private DiscordPlace place(String person) throws MalformedPayload {
        if (body.node().path("context").asInt(0) == ELSEWHERE || !body.has("channel_id")) {
            return DiscordPlace.of(person);
        }
        String channel = Snowflake.of(body, "channel_id");
        if (!body.has("guild_id")) {
            return DiscordPlace.direct(channel);
        }
        if (!body.inner("authorizing_integration_owners").node().path(SERVER).isMissingNode()
                || !body.has("authorizing_integration_owners")) {
            return inServer(channel, person);
        }
        return DiscordPlace.of(person); // who brought the application is a person: the bot may not be there
    }

    private DiscordPlace inServer(String channel, String person) {
        boolean thread =
                THREADS.contains(body.node().path("channel").path("type").asInt(0));
        return thread ? DiscordPlace.thread(channel) : DiscordPlace.shared(channel, person);
    }

    private @Nullable String language() {
        String tag = body.word("locale");
        return tag != null && tag.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}") ? tag : null;
    }

    /** A button says what it is; a menu says what was picked in it, perhaps more than one. */
    private List<Part> picked(JsonFields data) throws MalformedPayload {
        String id = data.text("custom_id");
        PartList parts = new PartList();
        List<JsonFields> shown = components(body.inner("message"), 0);
        if (!data.has("values")) {
            return parts.choice(id, label(shown, "custom_id", id)).parts();
        }
        List<JsonFields> options = shown.stream()
                .filter(menu -> id.equals(menu.word("custom_id")))
                .flatMap(menu -> menu.each("options").stream())
                .toList();
        for (String value : data.texts("values")) {
            String title = label(options, "value", value);
            parts.choice(value, title == null ? resolved(data, value) : title);
        }
        return parts.parts();
    }

    private static @Nullable String label(List<JsonFields> all, String name, String value) {
        return all.stream()
                .filter(one -> value.equals(one.word(name)))
                .map(one -> one.word("label"))
                .filter(label -> label != null)
                .findFirst()
                .orElse(null);
    }

    /** A menu of people, roles or channels has their names besides. */
    private static @Nullable String resolved(JsonFields data, String id) {
        JsonFields resolved = data.inner("resolved");
        String user = DiscordText.name(resolved.inner("users").inner(id));
        String role = resolved.inner("roles").inner(id).word("name");
        return user != null
                ? user
                : role != null ? role : resolved.inner("channels").inner(id).word("name");
    }

    /** What stands in rows, sections and containers, at most four deep. */
    private static List<JsonFields> components(JsonFields holder, int depth) {
        List<JsonFields> all = new ArrayList<>();
        for (JsonFields component : holder.each("components")) {
            all.add(component);
            if (depth < 4) {
                all.addAll(components(component, depth + 1));
            }
        }
        return all;
    }

    /** For a quarter of an hour its token answers in our name. */
    private static String withoutToken(String raw) {
        return raw.replaceAll("\"token\":\"[^\"]*\"", "\"token\":\"\"");
    }
}
