// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.person;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.model.Contact;
import io.dragoman.model.ContactAttribute;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.store.Approvals.Approval;
import io.dragoman.store.Consents.Stated;
import io.dragoman.store.ContactMerges.Merge;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Erasures.Place;
import io.dragoman.store.Erasures.Subject;
import io.dragoman.store.MediaRows;
import io.dragoman.store.Polls;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Surveys;
import io.dragoman.store.Tx;
import io.dragoman.store.blob.MediaStore;
import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that is kept of one person, to hand it out. Blocks. */
public final class PersonExport {
    private static final int MESSAGES_AT_ONCE = 500;
    private static final int MOST_ORDERS = 10_000;

    private final ReadAccess store;
    private final MediaStore files;

    public PersonExport(ReadAccess store, MediaStore files) {
        this.store = store;
        this.files = files;
    }

    /**
     * A person.
     *
     * @param contacts the contact, and those that were merged into it
     * @param attributes that were set, and who said so
     * @param orders all in shops
     * @param addresses where they wrote from, on which channel
     * @param consents all that they consented to and withdrew, the latest first
     */
    public record Person(
            List<Contact> contacts,
            List<ContactAttribute> attributes,
            List<CustomerOrder> orders,
            List<Place> addresses,
            List<Stated> consents,
            List<Merge> merges,
            List<Talk> conversations) {
        @Override
        public String toString() {
            return "Person[" + conversations.size() + " conversations]";
        }
    }

    /** A conversation with all that was written in it, notes too, the surveys and polls with what was answered, and the answers that wait. */
    public record Talk(
            Conversation conversation,
            List<Message> messages,
            List<Attachment> files,
            List<Surveys.Sent> surveys,
            List<Approval> approvals,
            List<Polled> polls) {
        @Override
        public String toString() {
            return "Talk[" + conversation.id() + "]";
        }
    }

    /** A poll that was asked. */
    public record Polled(Polls.Asked asked, List<Polls.Answer> answers) {
        @Override
        public String toString() {
            return "Polled[" + asked.id() + "]";
        }
    }

    /**
     * A file of a message.
     *
     * @param sha256 of its bytes, which name it; null where there are none
     */
    public record Attachment(
            String message,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String sha256,

            @Nullable String fileName,
            @Nullable String mimeType,
            @Nullable Long size) {
        @Override
        public String toString() {
            return "Attachment[" + message + "]";
        }
    }

    /** The contacts that an id or an address names: one where it is clear who is meant. */
    public List<String> named(String idOrAddress) {
        return store.read(tx -> tx.contacts().find(idOrAddress).isPresent()
                ? List.of(idOrAddress)
                : tx.erasures().contactsAt(idOrAddress));
    }

    /** What is kept of a contact and all that was merged into it; empty where there is no such contact. */
    public Optional<Person> export(String contact) {
        return store.read(tx -> tx.erasures().subject(contact)).map(this::person);
    }

    private Person person(Subject subject) {
        List<Talk> talks = subject.conversations().stream()
                .flatMap(id -> store.read(tx -> tx.conversations().find(id)).stream())
                .map(Versioned::conversation)
                .map(this::talk)
                .toList();
        return store.read(tx -> new Person(
                subject.contacts().stream()
                        .flatMap(id -> tx.contacts().find(id).stream())
                        .toList(),
                subject.contacts().stream()
                        .flatMap(id -> tx.attributes().of(id).stream())
                        .toList(),
                subject.contacts().stream()
                        .flatMap(id -> tx.contacts().find(id).stream())
                        .flatMap(contact -> tx.contacts().orders(contact, MOST_ORDERS).stream())
                        .distinct()
                        .toList(),
                subject.places().stream()
                        .sorted(Comparator.comparing(Place::channel).thenComparing(Place::address))
                        .toList(),
                subject.contacts().stream()
                        .flatMap(id -> tx.consents().history(id, Long.MAX_VALUE, Integer.MAX_VALUE).stream())
                        .toList(),
                tx.merges().of(subject.contacts().get(0)),
                talks));
    }

    private Talk talk(Conversation one) {
        List<Message> messages = new ArrayList<>();
        List<Attachment> attachments = new ArrayList<>();
        List<Message> page;
        long after = 0;
        do {
            long last = after;
            page = store.read(tx -> tx.threadView().of(one.id(), last, MESSAGES_AT_ONCE));
            for (Message message : page) {
                messages.add(message);
                after = message.sequence();
                attachments.addAll(store.read(tx -> attachments(tx, message.id())));
            }
        } while (page.size() == MESSAGES_AT_ONCE);
        return new Talk(
                one,
                messages,
                attachments,
                store.read(tx -> tx.surveys().of(one.id())),
                store.read(tx -> tx.approvals().of(one.id())),
                store.read(tx -> tx.polls().of(one.id()).stream()
                        .map(asked -> new Polled(asked, tx.polls().answers(asked.id())))
                        .toList()));
    }

    private static List<Attachment> attachments(Tx tx, String message) {
        return tx.media().ofMessage(message).stream()
                .map(row -> new Attachment(message, row.sha256(), name(row), row.mimeType(), row.size()))
                .toList();
    }

    private static @Nullable String name(MediaRows.Row row) {
        return row.fileName() == null ? row.part().fileName() : row.fileName();
    }

    /**
     * Writes a person into a new folder: {@code person.json}, and each of their files in {@code files/}.
     *
     * @return how many files
     * @throws IOException also where the folder is there already
     */
    public int write(Person person, Path out) throws IOException {
        if (Files.exists(out)) {
            throw new FileAlreadyExistsException(out.toString());
        }
        Path folder = OwnerOnly.folder(OwnerOnly.folder(out).resolve("files"));
        int written = 0;
        List<Attachment> all = person.conversations().stream()
                .flatMap(talk -> talk.files().stream())
                .toList();
        for (Attachment one : all) {
            if (one.sha256() != null && !Files.exists(folder.resolve(one.sha256()))) {
                written += copy(one.sha256(), folder.resolve(one.sha256()));
            }
        }
        Files.writeString(OwnerOnly.file(out.resolve("person.json")), Json.write(person));
        return written;
    }

    private int copy(String sha256, Path file) throws IOException {
        try (InputStream bytes = files.open(sha256)) {
            Files.copy(bytes, file);
            return 1;
        } catch (NoSuchFileException e) {
            return 0; // of a store whose files were not restored with it
        }
    }
}
