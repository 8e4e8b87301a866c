// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import io.dragoman.connector.Account;
import io.dragoman.connector.CustomerTyping;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.ReceivedUntil;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads one activity (Bot Framework's Activity schema). */
final class InboundReader {
    private static final String READ = "application/vnd.microsoft.readReceipt";
    /** Nothing longer is looked at for that. In bytes. */
    private static final int LONGEST_TYPING = 4096;

    private static final String EXECUTED = "adaptiveCard/action";

    private final Account account;
    private final Request request;
    private final JsonFields activity;
    private final String hash;
    private final Instant at;

    private InboundReader(Account account, Request request) throws MalformedPayload {
        this.account = account;
        this.request = request;
        this.activity = JsonFields.of(request.body());
        this.hash = Hashes.sha256Hex(request.body());
        this.at = activity.time("timestamp", request.receivedAt());
    }

    static List<CustomerEvent> read(Account account, Request request) throws MalformedPayload {
        return new InboundReader(account, request).read();
    }

    /** That somebody is typing; the schema has no word for that they are not any more. */
    static Optional<CustomerTyping> typing(Account account, Request request) {
        if (request.body().length > LONGEST_TYPING) {
            return Optional.empty();
        }
        try {
            JsonFields activity = JsonFields.of(request.body());
            if (!"typing".equals(activity.word("type"))) {
                return Optional.empty();
            }
            TeamsPlace place = TeamsPlace.of(account, activity, false);
            return Optional.of(new CustomerTyping(
                    TeamsCustomer.identities(activity.object("from")),
                    place.threading(activity).key(),
                    true));
        } catch (MalformedPayload e) {
            return Optional.empty(); // to be read, which says what is wrong
        }
    }

    private List<CustomerEvent> read() throws MalformedPayload {
        String type = activity.text("type");
        return switch (type) {
            case "message" -> List.of(message());
            case "messageUpdate" -> List.of(edited());
            case "messageDelete" -> List.of(deleted());
            case "messageReaction" -> Reactions.read(activity, place(), hash, at);
            case "installationUpdate" -> List.of(installed());
            case "conversationUpdate" ->
                List.of(ignored("conversationUpdate." + change(), "the conversation says it about itself"));
            case "event" -> List.of(event());
            case "invoke" -> List.of(invoked());
            case "typing" -> List.of(ignored("typing", "somebody is typing"));
            default -> List.of(ignored(Ignored.word(type), "this version does not know what it is"));
        };
    }

    private TeamsPlace place() throws MalformedPayload {
        return TeamsPlace.of(account, activity, false);
    }

    private CustomerEvent message() throws MalformedPayload {
        TeamsPlace place = TeamsPlace.of(account, activity, true);
        JsonFields from = activity.object("from");
        if ("bot".equals(from.word("role")) || from.text("id").startsWith("28:")) {
            return ignored("message.bot", "a bot wrote it, perhaps we ourselves");
        }
        return received(place, from, ActivityContent.parts(activity));
    }

    private CustomerEvent received(TeamsPlace place, JsonFields from, List<Part> parts) throws MalformedPayload {
        String id = place.id(activity.text("id"));
        String answers = ActivityContent.answers(activity);
        Threading threading = place.threading(activity);
        return new MessageReceived(
                id,
                at,
                TeamsCustomer.sender(place, from, activity),
                id,
                parts,
                answers == null ? null : place.id(answers),
                threading,
                null,
                null,
                null);
    }

    private CustomerEvent edited() throws MalformedPayload {
        TeamsPlace place = place();
        String id = place.id(activity.text("id"));
        String time = activity.word("timestamp");
        String key = "edit:" + id + ":" + (time == null ? hash : time);
        return new MessageEdited(key, place.address(), at, id, ActivityContent.parts(activity));
    }

    private CustomerEvent deleted() throws MalformedPayload {
        TeamsPlace place = place();
        String id = place.id(activity.text("id"));
        return new MessageDeleted("delete:" + id + ":" + hash, place.address(), at, id);
    }

    /** The app was taken away from a person, or put back: until then nothing can be sent there. */
    private CustomerEvent installed() throws MalformedPayload {
        String action = activity.text("action");
        boolean added = action.equals("add");
        JsonFields from = activity.object("from");
        TeamsPlace place = place();
        boolean personal = place.threading(activity).key() == null;
        return personal && (added || action.equals("remove"))
                ? new ConsentChanged(
                        "installation:" + hash,
                        place.address(),
                        at,
                        TeamsCustomer.identities(from),
                        added ? Consent.OPTED_IN : Consent.OPTED_OUT)
                : ignored(
                        "installationUpdate." + Ignored.word(action), "it changes nothing about whom we may write to");
    }

    private String change() {
        String event = activity.inner("channelData").word("eventType");
        if (event != null) {
            return Ignored.word(event);
        }
        return activity.has("membersAdded")
                ? "membersAdded"
                : activity.has("membersRemoved") ? "membersRemoved" : "unknown";
    }

    /** What customers have read they say by the last of our messages, whose id is its time. */
    private CustomerEvent event() throws MalformedPayload {
        String name = activity.text("name");
        String last = activity.inner("value").word("lastReadMessageId");
        if (!name.equals(READ) || last == null || !last.matches("[1-9]\\d{12}")) {
            return ignored("event." + Ignored.word(name.replace('/', '.')), "it is no receipt");
        }
        return new ReceivedUntil(
                "read:" + hash,
                place().address(),
                at,
                TeamsCustomer.identities(activity.object("from")),
                Status.READ,
                Instant.ofEpochMilli(Long.parseLong(last)));
    }

    /** A button that asks for an answer at once; only one of a card says something. */
    private CustomerEvent invoked() throws MalformedPayload {
        String name = activity.has("name") ? activity.text("name") : "unnamed";
        PartList parts = new PartList();
        ChoiceCard.read(activity.inner("value").inner("action").inner("data"), parts);
        return name.equals(EXECUTED) && !parts.parts().isEmpty()
                ? received(TeamsPlace.of(account, activity, true), activity.object("from"), parts.parts())
                : ignored("invoke." + Ignored.word(name.replace('/', '.')), "nothing here offers it");
    }

    private Ignored ignored(String kind, String why) {
        return new Ignored(hash, request.receivedAt(), kind, why);
    }
}
