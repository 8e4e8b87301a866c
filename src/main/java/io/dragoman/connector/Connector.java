// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Event;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The code for one kind of outside party: a {@link Channel} speaks to customers, a {@link Desk} to a helpdesk. What more
 * it can do it says by the interfaces that it adds: {@link Webhook}, {@link Polled}, {@link MediaSource},
 * {@link DeliveryLookup}, {@link ReadMarker}. Stateless and thread-safe: the account is an argument. Found through
 * {@link java.util.ServiceLoader}: marked with {@code @AutoService}, a connector is one folder and no line elsewhere.
 */
public sealed interface Connector permits Channel, Desk {

    /** The word for it in configuration, such as {@code telegram}; also the folder's name. */
    String kind();

    /** One sentence for a list of connectors. */
    String description();

    /** What it can do: its row in the table of channels and desks. */
    default Features features() {
        return Features.NONE;
    }

    /** What can be configured. Declared once: drives checking, documentation and the JSON schema. */
    List<Setting<?>> settings();

    /**
     * Problems that no single setting shows, as sentences that name the settings they are about; empty when the account
     * can work. A required setting may be missing here, when its own value was no good: {@link Account#find} it. By
     * itself it finds {@link Setting#verifies() verifying secrets} that are missing.
     */
    default List<String> problems(Account account) {
        return settings().stream()
                .filter(setting -> setting.verifies() && !account.insecure())
                .filter(setting -> account.find(setting).isEmpty())
                .map(setting -> setting.name() + " is missing. " + setting.description())
                .toList();
    }

    /** What may be done after an attempt whose end is unknown. */
    RetrySafety retrySafety();

    /** How long after the first attempt the other side still knows its key, where it is {@link RetrySafety#IDEMPOTENT}. */
    default Duration keysKept() {
        return ChronoUnit.FOREVER.getDuration();
    }

    /**
     * Turns an authentic request into events. Pure. What it throws makes the request one dead event, with its raw
     * bytes stored for a replay.
     */
    List<? extends Event> read(Account account, Verified verified) throws MalformedPayload;

    /** Its kind, with {@code desk} before that of a desk: both sides may have one word for a kind. */
    default String title() {
        return side() == Side.DESK ? Side.DESK.word() + " " + kind() : kind();
    }

    /** Its side of the gateway. */
    default Side side() {
        return this instanceof Desk ? Side.DESK : Side.CHANNEL;
    }

    /** Whether it is the code for an account: both sides may have the same word for a kind. */
    default boolean speaksFor(Account account) {
        return kind().equals(account.kind()) && side() == account.side();
    }
}
