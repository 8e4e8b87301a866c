// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.contact;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.dragoman.model.Contact;
import io.dragoman.model.ContactAttribute;
import io.dragoman.model.Conversation;
import io.dragoman.store.Consents.Stated;
import io.dragoman.store.ContactMerges.Merge;
import io.dragoman.store.ReadAccess;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People, and what they were merged with. Blocks. */
public final class ContactQueries {
    private static final int MOST = 100;
    private static final int MOST_SAID = 1_000;

    private final ReadAccess store;

    public ContactQueries(ReadAccess store) {
        this.store = store;
    }

    /**
     * A contact.
     *
     * @param attributes those of the contact that were set, and who said so
     * @param conversations the latest 100, the last changed first
     * @param consents what they consented to and withdrew last, by channel and purpose
     * @param merges whichever of the two it was, the oldest first
     */
    public record ContactDetail(
            Contact contact,
            List<ContactAttribute> attributes,
            List<Conversation> conversations,
            List<Stated> consents,
            List<Merge> merges) {}

    /**
     * A contact of a list.
     *
     * @param lastAt when one of their conversations changed last; null where there is none
     */
    public record ListedContact(
            @JsonUnwrapped Contact contact,
            Instant createdAt,
            @Nullable Instant lastAt) {}

    /**
     * Contacts.
     *
     * @param next what to ask for as {@code before} to get the following ones; null when these were the last
     */
    public record ContactPage(
            List<ListedContact> contacts, @Nullable String next) {}

    /**
     * A page, the latest first.
     *
     * @param words in their name, or the beginning of an address; null for all
     * @param before the {@code next} of the page before; null for the first
     */
    public ContactPage page(@Nullable String words, @Nullable String before, int most) {
        List<ListedContact> found = store.read(tx -> tx.contactList().page(words, before, most + 1)).stream()
                .map(one -> new ListedContact(one.contact(), one.createdAt(), one.lastAt()))
                .toList();
        return found.size() <= most
                ? new ContactPage(found, null)
                : new ContactPage(
                        found.subList(0, most), found.get(most - 1).contact().id());
    }

    /** The contact with this id; one that was merged into another has nothing but its name and the merge. */
    public Optional<ContactDetail> find(String id) {
        return store.read(tx -> tx.contacts()
                .find(id)
                .map(contact -> new ContactDetail(
                        contact,
                        tx.attributes().of(id),
                        tx.contactList().lastChanged(id, MOST),
                        tx.consents().standing(id),
                        tx.merges().of(id))));
    }

    /**
     * What a contact said of being written to.
     *
     * @param standing what counts, the last of each channel and purpose
     * @param history all of it, the latest first; at most 1,000
     */
    public record ConsentDetail(List<Stated> standing, List<Stated> history) {}

    /** What a contact consented to and withdrew; empty where there is no such contact. */
    public Optional<ConsentDetail> consents(String id) {
        return store.read(tx -> tx.contacts()
                .find(id)
                .map(contact -> new ConsentDetail(
                        tx.consents().standing(id), tx.consents().history(id, Long.MAX_VALUE, MOST_SAID))));
    }
}
