// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.twilio.account.WebhookForm;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.connector.kit.StatusWords;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Status;
import io.dragoman.model.Structured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the parameters of a webhook to the one event that they tell. */
final class InboundReader {
    /** Statuses of messages that came in; any other tells what became of one that went out. */
    private static final Set<String> INCOMING = Set.of("received", "receiving");

    private static final StatusWords STATUSES = StatusWords.of("Twilio")
            .with(Status.QUEUED, "accepted", "scheduled", "queued", "sending")
            .with(Status.SENT, "sent", "partially_delivered")
            .with(Status.DELIVERED, "delivered")
            .with(Status.READ, "read")
            .with(Status.FAILED, "undelivered", "failed", "canceled");

    /** The words on which Twilio itself stops and starts sending, when they are the whole message. */
    private static final Set<String> STOP =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE");

    /** What begins the names of what Twilio tells of the advertisement that a customer came from. */
    private static final String REFERRAL = "Referral";

    private static final Set<String> START = Set.of("START", "YES", "UNSTOP");

    private InboundReader() {}

    static List<CustomerEvent> read(ReceivedForm form, Instant at) throws MalformedPayload {
        String sid = need(form, "MessageSid", "SmsMessageSid", "SmsSid");
        if (!WebhookForm.isSid(sid)) {
            throw new MalformedPayload("MessageSid is not one");
        }
        Optional<String> status =
                form.find("MessageStatus", "SmsStatus").map(word -> word.strip().toLowerCase(Locale.ROOT));
        return status.isEmpty() || INCOMING.contains(status.get())
                ? List.of(message(form, sid, at))
                : STATUSES.receipt(
                        sid, status.get(), address(form, "To").text(), at, ErrorTable.CODES, form.number("ErrorCode"));
    }

    private static String need(ReceivedForm form, String... names) throws MalformedPayload {
        Optional<String> value = form.find(names);
        if (value.isEmpty()) {
            throw new MalformedPayload(names[0] + " is missing: this is neither a message nor a status of one");
        }
        return value.get();
    }

    private static TwilioAddress address(ReceivedForm form, String name) throws MalformedPayload {
        TwilioAddress address = TwilioAddress.of(need(form, name));
        if (address.value().isEmpty()) {
            throw new MalformedPayload(name + " is only half an address");
        }
        return address;
    }

    private static CustomerEvent message(ReceivedForm form, String sid, Instant at) throws MalformedPayload {
        TwilioAddress from = address(form, "From");
        return new MessageReceived(
                sid,
                at,
                new CustomerEvent.Sender(
                        from.text(),
                        from.identities(form),
                        form.find("ProfileName").orElse(null),
                        null),
                sid,
                parts(form),
                form.find("OriginalRepliedMessageSid")
                        .filter(WebhookForm::isSid)
                        .orElse(null),
                Threading.NONE,
                from.isSms() ? new SmsSender(from.value()).automatic() : null,
                consent(form, from),
                forwarded(form));
    }

    /** Twilio, like WhatsApp, does not tell from whom. */
    private static @Nullable String forwarded(ReceivedForm form) {
        boolean forwarded = Stream.of("Forwarded", "FrequentlyForwarded")
                .anyMatch(name -> form.text(name).strip().equalsIgnoreCase("true"));
        return forwarded ? "" : null;
    }

    private static @Nullable Consent consent(ReceivedForm form, TwilioAddress from) {
        Optional<String> told = form.find("OptOutType");
        if (told.isEmpty() && !from.isSms() && !from.isRcs()) {
            return null; // only on SMS and RCS does Twilio itself act on the words
        }
        String word = told.orElseGet(() -> form.text("Body")).strip().toUpperCase(Locale.ROOT);
        if (told.isEmpty() && !STOP.contains(word) && !START.contains(word)) {
            // of what Twilio lets pass, as a word of another language, nobody but us takes notice
            return new SmsSender(from.value()).consent(form.text("Body"));
        }
        return STOP.contains(word) ? Consent.OPTED_OUT : START.contains(word) ? Consent.OPTED_IN : null;
    }

    private static List<Part> parts(ReceivedForm form) {
        List<Part> parts = new ArrayList<>();
        choice(form).ifPresent(parts::add);
        location(form).ifPresent(parts::add);
        media(form, parts);
        String body = form.text("Body");
        if (!body.isBlank() && parts.stream().noneMatch(part -> repeats(part, body))) {
            parts.add(new Part.Text(body));
        }
        String type = form.find("MessageType").orElse("text").toLowerCase(Locale.ROOT);
        if (parts.isEmpty() && type.equals("text")) {
            parts.add(new Part.Text(body)); // an empty SMS is a message all the same
        } else if (parts.isEmpty() || form.find("InteractiveData", "FlowData").isPresent()) {
            parts.add(new Part.Unsupported(type, form.raw()));
        }
        form.raw(REFERRAL).ifPresent(referral -> parts.add(referral(form, referral)));
        return parts;
    }

    /** As the Cloud API's channel tells it. */
    private static Part referral(ReceivedForm form, String raw) {
        boolean post = form.text("ReferralSourceType").strip().equalsIgnoreCase("post");
        Stream<String> found = Stream.of("ReferralHeadline", "ReferralBody", "ReferralSourceUrl")
                .flatMap(name -> form.find(name).stream());
        String text = Stream.concat(Stream.of(post ? "Came from a post" : "Came from an advertisement"), found)
                .collect(Collectors.joining("\n"));
        return new Structured("referral", JsonFields.clean(text), Json.read(raw, JsonNode.class));
    }

    private static Optional<Part.ChoiceMade> choice(ReceivedForm form) {
        Optional<String> title = form.find("ButtonText", "ListTitle");
        Optional<String> id = form.find("ButtonPayload", "ListId");
        return title.isEmpty() && id.isEmpty()
                ? Optional.empty()
                : Optional.of(new Part.ChoiceMade(
                        id.orElse(""),
                        title.or(() -> form.find("Body")).or(() -> id).orElse(""),
                        form.find("ListDescription").orElse(null)));
    }

    /** Beside a choice, the body is its title again. */
    private static boolean repeats(Part part, String body) {
        return part instanceof Part.ChoiceMade made
                && (body.strip().equals(made.title().strip())
                        || body.strip().equals(made.id().strip()));
    }

    private static Optional<Part> location(ReceivedForm form) {
        Optional<String> latitude = form.find("Latitude");
        Optional<String> longitude = form.find("Longitude");
        if (latitude.isEmpty() || longitude.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Part.Location(
                    Double.parseDouble(latitude.get()),
                    Double.parseDouble(longitude.get()),
                    form.find("Label").orElse(null),
                    form.find("Address").orElse(null)));
        } catch (IllegalArgumentException e) { // no numbers, or off the globe
            return Optional.of(new Part.Unsupported("location", form.raw()));
        }
    }

    private static void media(ReceivedForm form, List<Part> parts) {
        boolean sticker = form.text("MessageType").equalsIgnoreCase("sticker");
        int index = 0;
        Optional<String> url = form.find("MediaUrl0");
        while (url.isPresent()) {
            String type = form.text("MediaContentType" + index).strip();
            MediaKind kind = sticker ? MediaKind.STICKER : MediaKind.of(type);
            parts.add(Part.Media.incoming(kind, type, null, null, url.get()));
            url = form.find("MediaUrl" + ++index);
        }
        if (index < form.number("NumMedia")) {
            parts.add(new Part.Unsupported("media", form.raw()));
        }
    }
}
