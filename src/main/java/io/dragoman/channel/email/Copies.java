// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.mail.Automatic;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.MailServer;
import io.dragoman.connector.mail.OwnAddresses;
import io.dragoman.connector.mail.Unmarked;
import io.dragoman.model.Participant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who gets an answer beside the customer: nobody who could start a loop, and nobody because of whom the customer would
 * not get it. For one mail, in one thread.
 */
final class Copies {
    private final OwnAddresses own;
    private final Set<String> recipients = new LinkedHashSet<>();
    private final List<String> losses = new ArrayList<>();

    Copies(OwnAddresses own) {
        this.own = own;
    }

    /** The mail with those recipients that may get it. A machine's mail goes to the customer alone. */
    ToCustomer admit(ToCustomer out) {
        recipients.add(out.address());
        if (out.automatic()) {
            return out.to(List.of(), List.of());
        }
        return out.to(admit(out.alsoTo(), out.address()), admit(out.cc(), out.address()));
    }

    private List<Participant> admit(List<Participant> people, String customer) {
        List<Participant> admitted = new ArrayList<>();
        for (Participant one : people) {
            Optional<String> refusal = refusal(one);
            refusal.ifPresent(why -> losses.add(one.address() + " was left out: " + why + "."));
            boolean known = one.isAt(customer)
                    || recipients.stream().anyMatch(address -> address.equalsIgnoreCase(one.address()));
            if (refusal.isEmpty() && !known) {
                recipients.add(one.address());
                admitted.add(one);
            }
        }
        return admitted;
    }

    private Optional<String> refusal(Participant one) {
        String address = one.address();
        if (!MailAddress.valid(address) || address.chars().anyMatch(c -> c > 126)) {
            return Optional.of("it is no mail address that can be written to from here");
        }
        if (own.has(address)) {
            return Optional.of("it is an address of ours");
        }
        String local = address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
        return Automatic.isMachine(local) || Unmarked.byAddress(address).isPresent()
                ? Optional.of("a program reads it")
                : Optional.empty();
    }

    /**
     * Hands the mail over. A server takes it for all recipients or for none: whoever it refuses beside the customer is
     * left out, and the mail goes to the others. Until the last of these attempts nobody has it, so nobody gets it
     * twice.
     */
    SmtpReply handOver(Transport transport, MailServer server, String from, byte[] mail) throws TransportFailure {
        String customer = recipients.iterator().next();
        SmtpReply reply = server.handOver(transport, from, List.copyOf(recipients), mail);
        while (!reply.refused().isEmpty() && !reply.refused().containsKey(customer)) {
            if (!leaveOut(reply)) {
                return reply;
            }
            reply = server.handOver(transport, from, List.copyOf(recipients), mail);
        }
        return reply.refused().getOrDefault(customer, reply);
    }

    private boolean leaveOut(SmtpReply reply) {
        List<String> refused =
                recipients.stream().filter(reply.refused()::containsKey).toList();
        for (String address : refused) {
            SmtpReply why = reply.refused().get(address);
            recipients.remove(address);
            losses.add(address + " was left out: the mail server answered "
                    + (why == null ? "" : (why.code() + " " + why.enhanced()).trim()) + ".");
        }
        return !refused.isEmpty();
    }

    /** Who was left out and why, as sentences for the desk. */
    List<String> losses() {
        return losses.stream().distinct().toList();
    }
}
