// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup.Plan;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells X where to post and what, and keeps that so: docs.x.com, "Webhooks" and "X Activity API". */
record ActivitySetup(ApiClient api) {
    private static final String WEBHOOKS = "/2/webhooks";
    private static final String SUBSCRIPTIONS = "/2/activity/subscriptions";
    private static final List<String> DIRECT = List.of("dm.received", "dm.sent", "dm.read", "chat.received");
    /** What mentions the account, and what it answers there by X's own app. */
    private static final List<String> PUBLIC = List.of("post.mention.create", "post.create");

    /** An address that X posts to. */
    private record Webhook(String id, boolean valid) {}

    static Plan plan(Account account) {
        if (!XSettings.isPosted(account)) {
            return new Plan(false, List.of());
        }
        return new Plan(
                true,
                List.of(
                        "make a webhook at " + account.get(XSettings.BASE_URL) + " for " + account.callback()
                                + " with consumerKey and consumerSecret; X asks the address at once, so the gateway"
                                + " must run",
                        "subscribe it to " + String.join(", ", wanted(account)) + " of the user "
                                + account.get(XSettings.USER_ID)
                                + ", which costs nothing; each event that X then posts does",
                        "by hand before, once: let the account permit the app by OAuth 2.0 with the scopes dm.read,"
                                + " tweet.read and users.read"));
    }

    private static List<String> wanted(Account account) {
        List<String> wanted = new ArrayList<>(DIRECT);
        if (account.find(XSettings.MENTIONS).orElse(true)) {
            wanted.addAll(PUBLIC);
        }
        return wanted;
    }

    Optional<String> connect() throws TransportFailure {
        Optional<Webhook> known = webhook();
        if (known.isEmpty() || !known.get().valid()) {
            Response answer = known.isEmpty() ? make() : again(known.get());
            if (!answer.ok()) {
                return Optional.of("X answered " + answer.status() + " to the webhook. The gateway must run and be"
                        + " reached at http.publicUrl from outside, by https without a port, and consumerSecret must be"
                        + " the app's; X allows an app one webhook.");
            }
        }
        Optional<Webhook> made = webhook();
        return made.isEmpty()
                ? Optional.of("X took the webhook and does not list it. Try again.")
                : subscribe(made.get().id());
    }

    /** What is wrong with the webhook; one that X gave up is asked for again. */
    @Nullable
    String watch() throws TransportFailure {
        Optional<Webhook> known = webhook();
        if (known.isEmpty()) {
            return "X has no webhook for " + api.account().callback() + ": call ./dragoman connect "
                    + api.account().id() + ", or set intake: poll";
        }
        if (known.get().valid()) {
            return null;
        }
        Response answer = again(known.get());
        return answer.ok()
                ? "X had given up the webhook, and was asked to use it again"
                : "X has given up the webhook and answered " + answer.status()
                        + " when it was asked to use it again: it"
                        + " does not reach http.publicUrl, or consumerSecret is not the app's";
    }

    private Response make() throws TransportFailure {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("url", api.account().callback().toString());
        return api.askAsApp("POST", WEBHOOKS, body);
    }

    private Response again(Webhook webhook) throws TransportFailure {
        return api.askAsApp("PUT", WEBHOOKS + "/" + webhook.id(), Json.mapper().createObjectNode());
    }

    private Optional<Webhook> webhook() throws TransportFailure {
        String callback = api.account().callback().toString();
        for (JsonFields one : list(WEBHOOKS)) {
            String id = one.word("id");
            if (callback.equals(one.word("url")) && id != null && XId.is(id)) {
                return Optional.of(new Webhook(id, one.flag("valid")));
            }
        }
        return Optional.empty();
    }

    private List<JsonFields> list(String path) throws TransportFailure {
        JsonNode nothing = Json.mapper().createObjectNode();
        Response answer = api.askAsApp("GET", path, nothing);
        if (!answer.ok()) {
            throw TransportFailure.notSent(
                    answer.status() == 401 || answer.status() == 403
                            ? Reason.AUTHENTICATION_FAILED
                            : Reason.PROVIDER_DOWN,
                    "X answered " + answer.status() + " to " + path);
        }
        return JsonFields.of(answer.json()).each("data");
    }

    private Optional<String> subscribe(String webhook) throws TransportFailure {
        String user = api.account().get(XSettings.USER_ID);
        Set<String> there = new HashSet<>();
        for (JsonFields one : list(SUBSCRIPTIONS)) {
            if (user.equals(one.inner("filter").word("user_id")) && webhook.equals(one.word("webhook_id"))) {
                there.add(String.valueOf(one.word("event_type")));
            }
        }
        for (String type : wanted(api.account())) {
            Response answer = there.contains(type) ? null : subscribe(webhook, user, type);
            if (answer != null && !answer.ok()) {
                return Optional.of("X answered " + answer.status() + " to the subscription to " + type
                        + (answer.status() == 401 || answer.status() == 403
                                ? ". Let the account permit the app by OAuth 2.0 with the scopes dm.read, tweet.read and"
                                        + " users.read, then call this again."
                                : ". Try again."));
            }
        }
        return Optional.empty();
    }

    private Response subscribe(String webhook, String user, String type) throws TransportFailure {
        ObjectNode body = Json.mapper().createObjectNode().put("event_type", type);
        body.putObject("filter").put("user_id", user);
        body.put("tag", api.account().id()).put("webhook_id", webhook);
        return api.ask(api.post(SUBSCRIPTIONS, body));
    }
}
