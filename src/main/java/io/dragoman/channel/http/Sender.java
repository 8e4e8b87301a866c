// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.TemplateButton;
import io.dragoman.model.Words;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.ExpressionFailed;
import io.dragoman.profile.SettingText;
import io.dragoman.profile.UploadFile;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One step of a delivery, as its profile says: exactly one request. */
final class Sender {
    private final Account account;
    private final ChannelProfile profile;

    Sender(Account account, ChannelProfile profile) {
        this.account = account;
        this.profile = profile;
    }

    Outcome send(ToCustomer message, Transport transport) {
        Sending sending = profile.sending();
        Optional<CallTemplate> template = sending == null ? Optional.empty() : sending.call(main(message.parts()));
        if (sending == null || template.isEmpty()) {
            return new Outcome.Refused(Reason.UNSUPPORTED, profile.title() + " cannot be sent a part of this kind");
        }
        if (main(message.parts()) instanceof Part.Template approved && TemplateButton.orHeader(approved)) {
            return new Outcome.Refused(
                    Reason.CONTENT_REFUSED,
                    "template: a profile knows parameters alone. Leave out header and buttons, or give their values as"
                            + " parameters");
        }
        Part.Media media = media(message.parts());
        boolean uploads = media != null && template.get().uploads();
        UploadFile upload = uploads && media != null ? UploadFile.of(account, media, message.key(), transport) : null;
        if (uploads && upload == null) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the file has no bytes that could be sent");
        }
        if (media != null && !uploads && media.url() == null) {
            return new Outcome.Refused(
                    Reason.MEDIA_REFUSED, profile.title() + " fetches media itself and needs a public link");
        }
        Map<String, Object> context = context(message, transport.clock().instant(), upload);
        try {
            List<UploadFile> files = upload == null ? List.of() : List.of(upload);
            URI base = profile.base(account)
                    .orElseThrow(() -> new ExpressionFailed("the account has no " + ChannelProfile.BASE_URL));
            Outcome outcome = attempt(template.get(), base, context, files, transport, sending);
            for (String other : sending.otherHosts()) {
                if (!isElsewhere(outcome)) {
                    return outcome;
                }
                URI next = Objects.requireNonNull((URI) account.values().get(other));
                outcome = attempt(template.get(), next, context, files, transport, sending);
            }
            return outcome;
        } catch (ExpressionFailed e) {
            return new Outcome.Refused(Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
    }

    private Outcome attempt(
            CallTemplate template,
            URI base,
            Map<String, Object> context,
            List<UploadFile> files,
            Transport transport,
            Sending sending)
            throws ExpressionFailed {
        HttpCall call = template.call(base, context, files);
        return template.attempt(
                account, call, transport, response -> sending.answer().outcome(response, context));
    }

    /** Whether another host of the provider may take what surely did not get through here. */
    private static boolean isElsewhere(Outcome outcome) {
        return outcome instanceof Outcome.Retry retry && retry.reason() != Reason.THROTTLED;
    }

    /** The part that chooses the request: what is more than text, where something is. */
    private static Part main(List<Part> parts) {
        return parts.stream()
                .filter(part -> !(part instanceof Part.Text))
                .findFirst()
                .orElse(parts.get(0));
    }

    private static Part.@Nullable Media media(List<Part> parts) {
        return parts.stream()
                .filter(Part.Media.class::isInstance)
                .map(Part.Media.class::cast)
                .findFirst()
                .orElse(null);
    }

    private Map<String, Object> context(ToCustomer message, Instant now, @Nullable UploadFile upload) {
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
        message.parts().forEach(part -> put(context, part, upload));
        return context;
    }

    private static void put(Map<String, Object> context, Part part, @Nullable UploadFile upload) {
        if (part instanceof Part.Media media) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("kind", Words.of(media.media()));
            fields.put("type", media.mimeType());
            putIfThere(fields, "url", media.url());
            putIfThere(fields, "name", media.fileName());
            putIfThere(fields, "size", media.size());
            putIfThere(fields, "base64", upload == null ? null : upload.placeholder());
            context.put("media", fields);
        } else if (part instanceof Part.Location location) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("latitude", location.latitude());
            fields.put("longitude", location.longitude());
            putIfThere(fields, "name", location.name());
            putIfThere(fields, "address", location.address());
            putIfThere(fields, "url", location.url());
            context.put("location", fields);
        } else if (part instanceof Part.Choices choices) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("text", choices.text());
            fields.put("items", choices.choices().stream().map(Sender::item).toList());
            putIfThere(fields, "button", choices.button());
            context.put("choices", fields);
        } else if (part instanceof Part.Template template) {
            context.put(
                    "template",
                    Map.of(
                            "name", template.name(),
                            "language", template.language(),
                            "parameters", template.parameters()));
        }
    }

    private static Map<String, Object> item(Part.Choice choice) {
        Map<String, Object> fields = new HashMap<>(Map.of("id", choice.id(), "title", choice.title()));
        putIfThere(fields, "description", choice.description());
        return fields;
    }

    private static void putIfThere(Map<String, Object> context, String name, @Nullable Object value) {
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
