// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.contact;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.store.ContactMerges.Merge;
import io.dragoman.store.Conversations.Filter;
import io.dragoman.store.ReadAccess;
import java.util.List;
import java.util.Optional;

/** People, and what they were merged with. Blocks. */
public final class ContactQueries {
    private static final int MOST = 100;

    private final ReadAccess store;

    public ContactQueries(ReadAccess store) {
        this.store = store;
    }

    /**
     * A contact.
     *
     * @param conversations the latest 100, the last changed first
     * @param merges whichever of the two it was, the oldest first
     */
    public record ContactDetail(Contact contact, List<Conversation> conversations, List<Merge> merges) {}

    /** The contact with this id; one that was merged into another has nothing but its name and the merge. */
    public Optional<ContactDetail> find(String id) {
        return store.read(tx -> tx.contacts()
                .find(id)
                .map(contact -> new ContactDetail(
                        contact,
                        tx.conversations().recent(new Filter(null, null, null, id), Long.MAX_VALUE, "", MOST),
                        tx.merges().of(id))));
    }
}
