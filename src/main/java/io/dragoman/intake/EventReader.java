// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.SharedWebhook;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.model.Event;
import io.dragoman.model.Ignored;
import io.dragoman.store.Events.Arrived;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From an authentic request to the events in it, each for the account that it concerns: a provider may post what belongs
 * to several numbers or pages to one address. Thread-safe.
 */
public final class EventReader {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

    private final Supplier<? extends Collection<ConfiguredAccount>> accounts;

    /**
     * @param accounts all that are configured, asked for anew each time
     */
    public EventReader(Supplier<? extends Collection<ConfiguredAccount>> accounts) {
        this.accounts = accounts;
    }

    /**
     * What a request says to one account.
     *
     * @param account the id of the channel or desk
     * @param unread why some of it could not be read, or belongs to no account here; null when all could
     */
    public record Reading(
            String account,
            List<? extends Event> events,
            @Nullable String unread) {
        public Reading {
            events = List.copyOf(events);
        }
    }

    /** What a stored request says to one account, when it is read again. */
    public Reading again(String account, Request request) {
        return accounts.get().stream()
                .filter(one -> one.account().id().equals(account))
                .findFirst()
                .map(one -> one(one, Signature.stored(request)))
                .orElseGet(() -> new Reading(
                        account, List.of(), "there is no channel or desk " + account + " any more to read it"));
    }

    /** What a record of the topic says that no gateway could read before, to the account that it concerns. */
    public Reading ofRecord(byte[] record) {
        try {
            ArrivalRecord.Read read = ArrivalRecord.read(record);
            Arrived arrived = read.arrived();
            return read.again()
                    ? again(arrived.source(), arrived.request())
                    : new Reading(arrived.source(), arrived.events(), arrived.unread());
        } catch (ArrivalRecord.Unreadable | ArrivalRecord.TooNew e) {
            return new Reading("", List.of(), String.valueOf(e.getMessage()));
        }
    }

    /** Everything that it says, to the addressed account and others; one reading at least, which may have no events. */
    public List<Reading> read(ConfiguredAccount addressed, Verified verified) {
        boolean posted = verified.request().origin() == Request.Origin.RECEIVED;
        if (posted && addressed.connector() instanceof SharedWebhook shared) {
            return shared(addressed, shared, verified);
        }
        return List.of(one(addressed, verified));
    }

    private List<Reading> shared(ConfiguredAccount addressed, SharedWebhook shared, Verified verified) {
        Set<String> recipients;
        try {
            recipients = shared.recipients(verified);
        } catch (MalformedPayload e) {
            return List.of(new Reading(addressed.account().id(), List.of(), e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            return List.of(broken(addressed, e));
        }
        List<Reading> readings = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String recipient : recipients) {
            Optional<ConfiguredAccount> owner = owner(recipient, addressed, shared, verified.request());
            if (owner.isPresent()) {
                readings.add(one(owner.get(), verified));
            } else {
                unknown.add(recipient);
            }
        }
        if (!shared.siblings().isEmpty()) {
            readings.addAll(siblings(shared, verified));
        }
        if (!unknown.isEmpty()) {
            readings.add(new Reading(addressed.account().id(), List.of(), unknown(shared, unknown)));
        }
        return readings.isEmpty() ? List.of(one(addressed, verified)) : readings;
    }

    /** What it says to accounts of other kinds that have part in it; a request that they cannot read says nothing to them. */
    private List<Reading> siblings(SharedWebhook shared, Verified verified) {
        List<Reading> readings = new ArrayList<>();
        for (ConfiguredAccount other : accounts.get()) {
            if (shared.siblings().contains(other.account().kind())
                    && other.connector() instanceof SharedWebhook sibling
                    && concerns(sibling, other, verified)
                    && verifies(sibling, other, verified.request())) {
                readings.add(one(other, verified));
            }
        }
        return readings;
    }

    private static boolean concerns(SharedWebhook shared, ConfiguredAccount account, Verified verified) {
        try {
            return shared.recipients(verified).contains(shared.recipient(account.account()));
        } catch (MalformedPayload e) {
            return false; // the addressed account says so
        }
    }

    private static String unknown(SharedWebhook shared, Set<String> recipients) {
        String name = shared.recipientSetting().name();
        return "no channel here has " + name + " " + String.join(", ", recipients) + "; add one and replay this";
    }

    /** One account for each recipient, so that no message reaches two channels: the addressed one before others. */
    private Optional<ConfiguredAccount> owner(
            String recipient, ConfiguredAccount addressed, SharedWebhook shared, Request request) {
        if (shared.recipient(addressed.account()).equals(recipient)) {
            return Optional.of(addressed);
        }
        return accounts.get().stream()
                .filter(other ->
                        other.account().kind().equals(addressed.account().kind()))
                .filter(other -> shared.recipient(other.account()).equals(recipient))
                .filter(other -> verifies(shared, other, request))
                .findFirst();
    }

    private static boolean verifies(SharedWebhook shared, ConfiguredAccount account, Request request) {
        try {
            shared.verify(account.account(), request);
            return true;
        } catch (AuthenticationFailed e) {
            return false;
        }
    }

    private static Reading one(ConfiguredAccount account, Verified verified) {
        try {
            List<? extends Event> events = account.connector().read(account.account(), verified);
            return new Reading(account.account().id(), named(account, events), null);
        } catch (MalformedPayload e) {
            return new Reading(account.account().id(), named(account, e.readable()), e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            return broken(account, e);
        }
    }

    /** Which connector something was for can be told apart only here. */
    private static List<Event> named(ConfiguredAccount account, List<? extends Event> events) {
        return events.stream()
                .<Event>map(event -> event instanceof Ignored ignored
                        ? ignored.of(account.connector().kind())
                        : event)
                .toList();
    }

    /** A bug of ours: the bytes wait for a fixed version; the class alone is sure to hold no content. */
    private static Reading broken(ConfiguredAccount account, Throwable failure) {
        LOG.error(
                "intake {}: reading failed, stored as dead: {}",
                account.account().id(),
                failure.getClass().getName());
        return new Reading(
                account.account().id(),
                List.of(),
                "reading failed with " + failure.getClass().getSimpleName());
    }
}
