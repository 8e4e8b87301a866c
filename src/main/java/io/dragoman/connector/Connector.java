// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Event;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * The code for one kind of outside party. Stateless and thread-safe: the account is an argument. Found through
 * {@link java.util.ServiceLoader}, so that a connector is one folder and one line.
 */
public interface Connector {

    /** The word for it in configuration, such as {@code telegram}; also the folder's name. */
    String kind();

    /** Whether it speaks to customers or to a helpdesk. */
    Side side();

    /** One sentence for a list of connectors. */
    String description();

    /** What can be configured. Declared once: drives checking, documentation and the JSON schema. */
    List<Setting<?>> settings();

    /**
     * Problems that no single setting shows, as sentences that name the settings they are about; empty when the account
     * can work. A required setting may be missing here, when its own value was no good: {@link Account#find} it.
     */
    default List<String> problems(Account account) {
        return List.of();
    }

    /** How news reaches us. */
    Intake intake(Account account);

    /**
     * Checks that a request is authentic, over its raw bytes and in constant time. Every way to a {@link Verified}
     * leads through {@link Signature}.
     *
     * @throws AuthenticationFailed when it is not
     */
    Verified verify(Account account, Request request) throws AuthenticationFailed;

    /**
     * Turns an authentic request into events. Pure. What it throws makes the request one dead event, with its raw
     * bytes kept for a replay.
     */
    List<Event> read(Account account, Verified verified) throws MalformedPayload;

    /** The answer for the sender, given after everything it sent is durable. */
    default Acknowledgement acknowledge(Account account, Request request) {
        return Acknowledgement.OK;
    }

    /**
     * Waits for and takes the next news of a polled account.
     *
     * @param position what the last committed batch returned; empty at first
     */
    default Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        throw new UnsupportedOperationException(kind() + " is not polled");
    }

    /** Performs one step of a delivery: exactly one attempt, no retries of its own. */
    Outcome send(Account account, Outbound outbound, Transport transport);

    /** Fetches the bytes of media that came with {@code origin}: {@link Outcome.Fetched}, or why not. */
    default Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new Outcome.Refused(io.dragoman.model.Reason.UNSUPPORTED, kind() + " has no media to fetch");
    }

    /** What the other side can take, as data. */
    Limits limits(Account account);

    /** What may be done after an attempt whose end is unknown. */
    Repeat repeat();

    /**
     * Asks the other side whether it has what an attempt perhaps sent. Only for {@link Repeat#QUERYABLE}.
     *
     * @param outbound exactly what the attempt sent
     * @param since when the attempt began, by our clock; of several with unknown ends, the first
     * @param known whether an id of the other side belongs to another message of ours: an older message with the same
     *     words must not be taken for this one
     */
    default DeliveryLookup lookUp(
            Account account, Outbound outbound, Instant since, Predicate<String> known, Transport transport) {
        return new DeliveryLookup.Unknown(kind() + " cannot be asked", null);
    }

    /** Which side of the gateway a connector stands on. */
    enum Side {
        CHANNEL("/channels/"),
        DESK("/desks/");

        private final String folder;

        Side(String folder) {
            this.folder = folder;
        }

        /** Where the public port takes what is posted for an account of this side: {@code /desks/<id>}. */
        public String path(String id) {
            return folder + id;
        }
    }

    /** What sending the same thing again does, and how to find out whether it has to be. */
    enum Repeat {
        /** The other side knows our key and takes a repetition for what it is: repeat freely. */
        IDEMPOTENT,
        /** A repetition doubles, but the other side can be asked first: see {@link Connector#lookUp}. */
        QUERYABLE,
        /** A repetition may double, and nobody can be asked: see {@link OnUncertain}. */
        NEITHER
    }
}
