// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.CustomerForgotten;
import io.dragoman.model.Identity;
import io.dragoman.model.OrderChanged;
import io.dragoman.model.PhoneNumber;
import io.dragoman.store.Erasures.Told;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes what a shop tells of orders, and begins to erase what it wants forgotten. */
public final class CommitOrder {
    private final CountedEvents counted;
    private final Triggers triggers;
    private final Supplier<String> ids;
    private final Runnable erasing;

    /**
     * @param ids makes ids in rising order, much of which cannot be guessed
     * @param erasing does what has begun to be erased, beside everything else
     */
    public CommitOrder(CountedEvents counted, Triggers triggers, Supplier<String> ids, Runnable erasing) {
        this.counted = counted;
        this.triggers = triggers;
        this.ids = ids;
        this.erasing = erasing;
    }

    /** Whoever surely has one of the addresses has another order: rules that wait for that have their turn. */
    Ended changed(Tx tx, Events.Stored stored, OrderChanged event, long now) {
        if (!tx.orders().put(stored.source(), event.order(), event.email(), event.phone())) {
            return Ended.ignored("later-order", "later news of this order are already there");
        }
        for (Contact contact : holders(tx, event.email(), event.phone())) {
            triggers.known(tx, contact, now);
            counted.order(tx, stored.id(), event.order(), contact, now);
        }
        return Ended.DONE;
    }

    /** Nothing of it is shown or found any more, and what it was read from is erased. */
    Ended forgotten(Tx tx, String account, CustomerForgotten event, long now) {
        if (!event.all()
                && event.email() == null
                && event.phone() == null
                && event.orders().isEmpty()) {
            return Ended.ignored("forget-nobody", "the shop names neither an address nor an order to be erased");
        }
        Told told = new Told(
                account,
                Optional.ofNullable(event.email()).stream().toList(),
                Optional.ofNullable(event.phone()).stream()
                        .flatMap(phone -> PhoneNumber.forms(phone).stream())
                        .toList(),
                event.orders(),
                event.all());
        tx.orders().forget(told);
        tx.lookedUp().forget(told);
        tx.erasures().begin(ids.get(), told, salt(), now);
        if (event.person()) {
            holders(tx, event.email(), event.phone())
                    .forEach(contact -> tx.erasures().begin(ids.get(), contact.id(), salt(), now));
        }
        return Ended.DONE;
    }

    /** What was begun is done once it is durable that it was. */
    void forgotten() {
        erasing.run();
    }

    private String salt() {
        return ids.get() + ids.get() + ids.get();
    }

    private static List<Contact> holders(Tx tx, @Nullable String email, @Nullable String phone) {
        return Stream.concat(having(tx, Identity.EMAIL, email), having(tx, Identity.PHONE, phone))
                .distinct()
                .flatMap(id -> tx.contacts().find(id).stream())
                .filter(contact -> holds(contact, Identity.EMAIL, email) || holds(contact, Identity.PHONE, phone))
                .toList();
    }

    private static Stream<String> having(Tx tx, String type, @Nullable String address) {
        return address == null ? Stream.of() : tx.attributes().holders(type, address).stream();
    }

    private static boolean holds(Contact contact, String type, @Nullable String address) {
        return address != null
                && contact.verified(type).stream().anyMatch(one -> one.forms().contains(address));
    }
}
