// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.agent;

import io.dragoman.app.agent.AgentCommands.Taken;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.AgentMessage;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.DeskEvent.ConversationStarted;
import io.dragoman.model.Part;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message to somebody who need not have written to us.
 *
 * @param to the address as a person gives it
 * @param subject null for none
 */
record FirstMessage(String channel, String to, @Nullable String subject, AgentMessage message) {

    /** Reads {@code {"channel", "to", "subject", "text" or "parts", "author", "cc"}}. */
    static FirstMessage read(byte[] json) throws MalformedPayload {
        JsonFields body = JsonFields.of(json);
        if (body.has("replyTo")) {
            throw new MalformedPayload("replyTo must not be there: a first message answers none");
        }
        return new FirstMessage(
                body.text("channel"),
                body.text("to"),
                body.findText("subject").filter(subject -> !subject.isBlank()).orElse(null),
                AgentMessage.read(body, body));
    }

    /** The event, where the channel can take it to that address and the customer did not opt out of it. */
    ConversationStarted event(Tx tx, String key, Instant at, Function<String, Optional<ConfiguredAccount>> channels)
            throws Refused {
        ConfiguredAccount configured = channels.apply(channel)
                .orElseThrow(() -> unreachable("There is no channel with this id. It would stand in"
                        + " config/channels.yaml; ./dragoman check shows those that do."));
        Sender customer = customer(configured);
        boolean optedOut = tx.contacts()
                .byIdentity(channel, customer.identities())
                .filter(contact -> tx.contacts().optedOut(channel, contact.id()))
                .isPresent();
        if (tx.contacts().isStopped(channel, customer.identities())) {
            throw new Refused(
                    Taken.OPTED_OUT,
                    "This customer stopped the notifications of this token. Wait until they agree again, or write.");
        }
        if (optedOut) {
            throw new Refused(
                    Taken.OPTED_OUT,
                    "This customer opted out of messages of the channel " + channel
                            + ". Wait until they write, or reach them on another channel.");
        }
        return new ConversationStarted(
                key,
                at,
                channel,
                customer,
                subject,
                message.parts(),
                message.author(),
                message.cc() == null ? List.of() : message.cc());
    }

    private Sender customer(ConfiguredAccount configured) throws Refused {
        if (!(configured.connector() instanceof WritesFirst first)) {
            throw unreachable("The channel " + channel + " cannot write to somebody who has not written to it: "
                    + configured.account().kind() + " knows no first message. Wait until the customer writes, or take"
                    + " another channel.");
        }
        Account account = configured.account();
        Sender customer;
        try {
            customer = first.recipient(account, to);
        } catch (MalformedPayload e) {
            throw unreachable("to " + e.getMessage() + ".");
        }
        if (first.hasSubjects() && subject == null) {
            throw unreachable("subject is missing: a message that begins a conversation on the channel " + channel
                    + " needs one.");
        }
        if (!first.hasSubjects() && subject != null) {
            throw unreachable("The channel " + channel + " has no subjects: leave subject out.");
        }
        boolean window =
                configured.channel().limits(account, customer.address()).replyWindow() != null;
        if (window && !message.parts().stream().allMatch(Part.Template.class::isInstance)) {
            throw unreachable("Only a template may be the first message on the channel " + channel
                    + ": its provider takes others only from who answers in time. Send one, in parts; to answer a"
                    + " customer, post to the messages of their conversation.");
        }
        return customer;
    }

    private static Refused unreachable(String why) {
        return new Refused(Taken.UNREACHABLE, why);
    }

    @Override
    public String toString() {
        return "FirstMessage[" + channel + "]";
    }
}
