// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One step of a delivery, as its profile says: exactly one request. */
final class Sender {
    private final Account account;
    private final Profile profile;

    Sender(Account account, Profile profile) {
        this.account = account;
        this.profile = profile;
    }

    Outcome send(ToCustomer message, Transport transport) {
        Sending sending = profile.sending();
        Optional<CallTemplate> template = sending == null ? Optional.empty() : sending.call(kind(message.parts()));
        if (sending == null || template.isEmpty()) {
            return new Outcome.Refused(Reason.UNSUPPORTED, profile.title() + " cannot be sent a part of this kind");
        }
        if (linkless(message.parts())) {
            return new Outcome.Refused(
                    Reason.MEDIA_REFUSED, profile.title() + " fetches media itself and needs a public link");
        }
        Map<String, Object> context = context(message, transport.clock().instant());
        HttpCall call;
        try {
            URI base = profile.base(account)
                    .orElseThrow(() -> new ExpressionFailed("the account has no " + Profile.BASE_URL));
            call = template.get().call(base, context);
        } catch (ExpressionFailed e) {
            return new Outcome.Refused(Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
        return transport.attempt(call, response -> sending.answer().outcome(response, context));
    }

    /** The type that chooses the request: what is more than text, where something is. */
    private static Class<? extends Part> kind(List<Part> parts) {
        return parts.stream()
                .filter(part -> !(part instanceof Part.Text))
                .findFirst()
                .<Class<? extends Part>>map(Part::getClass)
                .orElse(Part.Text.class);
    }

    private static boolean linkless(List<Part> parts) {
        return parts.stream().anyMatch(part -> part instanceof Part.Media media && media.url() == null);
    }

    private Map<String, Object> context(ToCustomer message, Instant now) {
        Map<String, Object> context = new HashMap<>();
        context.put("to", message.address());
        context.put("toDigits", message.address().replaceAll("[^0-9]", ""));
        context.put("text", text(message.parts()));
        context.put("key", message.key());
        context.put("message", message.message());
        context.put("conversation", message.conversation());
        context.put("automatic", message.automatic());
        context.put("callback", profile.callback(account));
        context.put("settings", SettingText.all(account));
        context.put("sentAt", now.toString());
        context.put("seconds", now.getEpochSecond());
        putIfThere(context, "author", message.author());
        putIfThere(context, "replyTo", message.replyTo());
        message.parts().forEach(part -> put(context, part));
        return context;
    }

    private static void put(Map<String, Object> context, Part part) {
        if (part instanceof Part.Media media) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("kind", Words.of(media.media()));
            fields.put("type", media.mimeType());
            putIfThere(fields, "url", media.url());
            putIfThere(fields, "name", media.fileName());
            putIfThere(fields, "size", media.size());
            context.put("media", fields);
        } else if (part instanceof Part.Template template) {
            context.put(
                    "template",
                    Map.of(
                            "name", template.name(),
                            "language", template.language(),
                            "parameters", template.parameters()));
        }
    }

    private static void putIfThere(
            Map<String, Object> context, String name, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            context.put(name, value);
        }
    }

    private static String text(List<Part> parts) {
        return parts.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining("\n"));
    }
}
