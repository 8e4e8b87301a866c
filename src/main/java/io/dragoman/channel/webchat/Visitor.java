// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Hashes;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who chats, as their token says it.
 *
 * @param address a random id, or one made of the user's id where the website vouches for it
 * @param user the website's id of a user who logged in there; null for an anonymous visitor
 * @param name as given by the website for a user, else as the visitor calls themselves
 * @param email of a user, as the website gives it
 * @param language a BCP 47 tag
 * @param form what the visitor entered before the chat, by field; nothing of it is verified
 * @param former the address that an anonymous visitor had before they logged in; only in what the intake takes in
 */
record Visitor(
        String address,
        @Nullable String user,
        @Nullable String name,
        @Nullable String email,
        @Nullable String language,
        Map<String, String> form,
        @Nullable String former) {
    /** Types of identity. */
    static final String ANONYMOUS = "webchat";

    static final String USER = "webchat-user";

    /** The word for the part with {@link #facts}. */
    static final String FACTS = "visitor";

    Visitor {
        form = Map.copyOf(form);
    }

    static Visitor anonymous(String id, @Nullable String language, Map<String, String> form) {
        return new Visitor(id, null, form.get("name"), null, language, form, null);
    }

    /** A user's address is the same wherever they log in. */
    static Visitor user(
            String user,
            @Nullable String name,
            @Nullable String email,
            @Nullable String language,
            Map<String, String> form) {
        String address = "u-" + Hashes.sha256Hex(user.getBytes(StandardCharsets.UTF_8));
        return new Visitor(address, user, name, email, language, form, null);
    }

    /** The same one, who was at another address until now. */
    Visitor from(String other) {
        return new Visitor(address, user, name, email, language, form, other);
    }

    Identity identity() {
        return user == null ? new Identity(ANONYMOUS, address, true) : new Identity(USER, user, true);
    }

    /** Only what is vouched for identifies: an address that somebody typed joins nobody's conversations. */
    Sender sender() {
        return new Sender(address, List.of(identity()), name, language);
    }

    /** What the agent should know beside the messages, a line each; empty for nothing. */
    List<String> facts() {
        List<String> facts = new ArrayList<>();
        if (user != null) {
            facts.add("User of the website: " + user);
        }
        if (email != null) {
            facts.add("E-mail (given by the website): " + email);
        }
        Map.of("name", "Name", "email", "E-mail", "phone", "Phone").entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(field -> form.containsKey(field.getKey()))
                .forEach(field -> facts.add(field.getValue() + " (not verified): " + form.get(field.getKey())));
        return facts;
    }

    ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode().put("address", address);
        put(json, "user", user);
        put(json, "name", name);
        put(json, "email", email);
        put(json, "language", language);
        put(json, "former", former);
        if (!form.isEmpty()) {
            ObjectNode fields = json.putObject("form");
            form.forEach(fields::put);
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    static Visitor read(JsonFields json) throws AuthenticationFailed {
        try {
            Map<String, String> form = new LinkedHashMap<>();
            for (String field : VisitorForm.FIELDS) {
                json.inner("form").findText(field).ifPresent(value -> form.put(field, value));
            }
            return new Visitor(
                    json.text("address"),
                    json.word("user"),
                    json.word("name"),
                    json.word("email"),
                    json.word("language"),
                    form,
                    json.word("former"));
        } catch (MalformedPayload e) {
            throw new AuthenticationFailed("the token names no visitor");
        }
    }

    @Override
    public String toString() {
        return "Visitor[…]";
    }
}
