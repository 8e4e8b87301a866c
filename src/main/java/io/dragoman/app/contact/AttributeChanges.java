// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.contact;

import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.model.Contact;
import io.dragoman.model.ContactAttribute;
import io.dragoman.model.Identity;
import io.dragoman.model.PhoneNumber;
import io.dragoman.store.ContactMerges.Merge;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sets what the business knows of contacts: of one, or of many by their addresses. Blocks. */
public final class AttributeChanges {
    private final Store store;
    private final Changed changed;
    private final AuditTrail audit;
    private final Clock clock;

    /** @param changed what follows where a contact is not as before */
    public AttributeChanges(Store store, Changed changed, AuditTrail audit, Clock clock) {
        this.store = store;
        this.changed = changed;
        this.audit = audit;
        this.clock = clock;
    }

    /** Follows a change of what is known of a contact, in its transaction. */
    @FunctionalInterface
    public interface Changed {
        /** Nothing follows. */
        Changed NOTHING = (tx, contact, now) -> {};

        void contact(Tx tx, Contact contact, long now);
    }

    /** What came of it: the attributes as they are now, or why they are as before. */
    public sealed interface Result {
        /** It is as asked for. */
        record Done(Map<String, String> attributes) implements Result {
            @Override
            public String toString() {
                return "Done";
            }
        }

        /** There is no contact of this id. */
        record Unknown() implements Result {}

        /** It cannot be done: a sentence. */
        record Refused(String why) implements Result {}
    }

    /** What says whom a line of a table is about. */
    public enum KeyColumn {
        PHONE,
        EMAIL,
        ID
    }

    /**
     * A line of a table.
     *
     * @param line its number in the file
     * @param key whom it is about
     * @param attributes where one is empty it is taken away
     */
    public record Row(int line, String key, Map<String, String> attributes) {
        @Override
        public String toString() {
            return "Row[" + line + "]";
        }
    }

    /** A line of which nothing was taken. */
    public record BadLine(int line, String problem) {}

    /**
     * What came of some lines.
     *
     * @param changed contacts that are not as before
     * @param same contacts that were so already
     * @param unknown lines about somebody who never wrote
     */
    public record Imported(int changed, int same, int unknown, List<BadLine> bad) {}

    /**
     * Sets some of a contact, which may have been merged into another.
     *
     * @param values null takes one away
     * @param all whether what is not named is taken away
     */
    public Result change(
            String contact, Map<String, @Nullable String> values, boolean all, String source, Actor actor) {
        Optional<String> bad = problem(values);
        if (bad.isPresent()) {
            return new Result.Refused(bad.get());
        }
        long now = clock.millis();
        return store.writeAndWait(tx -> {
            Optional<Contact> found = standing(tx, contact);
            if (found.isEmpty()) {
                return new Result.Unknown();
            }
            Map<String, @Nullable String> wanted = new LinkedHashMap<>();
            if (all) {
                tx.attributes().of(found.get().id()).forEach(one -> wanted.put(one.name(), null));
            }
            wanted.putAll(values);
            if (tooMany(tx, found.get(), wanted)) {
                return new Result.Refused("A contact may have at most " + ContactAttribute.MOST + " attributes.");
            }
            if (set(tx, found.get(), wanted, source, now)) {
                audit.note(tx, actor, "contact.attributes", found.get().id(), String.join(", ", wanted.keySet()));
            }
            return new Result.Done(tx.contacts().refreshed(found.get()).attributes());
        });
    }

    private static Optional<String> problem(Map<String, @Nullable String> values) {
        return values.entrySet().stream()
                .flatMap(one -> ContactAttribute.problem(one.getKey(), one.getValue()).stream())
                .map(clause -> Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".")
                .findFirst();
    }

    private static boolean tooMany(Tx tx, Contact contact, Map<String, @Nullable String> wanted) {
        Map<String, String> after = new TreeMap<>();
        tx.attributes().of(contact.id()).forEach(one -> after.put(one.name(), one.value()));
        wanted.forEach((name, value) -> {
            if (value == null) {
                after.remove(name);
            } else {
                after.put(name, value);
            }
        });
        return after.size() > ContactAttribute.MOST;
    }

    /** The contact, or the one that it was merged into. */
    private static Optional<Contact> standing(Tx tx, String id) {
        Optional<Merge> merge = tx.merges().standing(id);
        return merge.isPresent()
                ? standing(tx, merge.get().survivor())
                : tx.contacts().find(id);
    }

    private boolean set(Tx tx, Contact contact, Map<String, @Nullable String> values, String source, long now) {
        boolean any = false;
        for (Map.Entry<String, @Nullable String> one : values.entrySet()) {
            any |= tx.attributes().set(contact.id(), one.getKey(), one.getValue(), source, now);
        }
        if (any) {
            changed.contact(tx, contact, now);
        }
        return any;
    }

    /**
     * Sets what the lines of a table say. The same lines twice change nothing the second time.
     *
     * @param country of phone numbers without one, as ISO 3166 has it; null for none
     * @param dry whether nothing is set
     */
    public Imported take(List<Row> rows, KeyColumn key, @Nullable String country, boolean dry, Actor actor) {
        long now = clock.millis();
        return store.writeAndWait(tx -> {
            int[] counts = new int[3];
            List<BadLine> bad = new ArrayList<>();
            for (Row row : rows) {
                Optional<String> problem = take(tx, row, new Asked(key, country, dry, now), counts);
                problem.ifPresent(clause -> bad.add(new BadLine(row.line(), clause)));
            }
            if (!dry && counts[0] > 0) {
                audit.note(tx, actor, "contact.import", null, counts[0] + " contacts changed");
            }
            return new Imported(counts[0], counts[1], counts[2], bad);
        });
    }

    private record Asked(KeyColumn key, @Nullable String country, boolean dry, long now) {}

    /** What is wrong with the line; empty where it was taken. */
    private Optional<String> take(Tx tx, Row row, Asked asked, int[] counts) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        row.attributes().forEach((name, value) -> values.put(name, value.isEmpty() ? null : value));
        Optional<String> bad = problem(values);
        Optional<List<String>> contacts = contacts(tx, row.key().strip(), asked);
        if (bad.isPresent()) {
            return bad;
        } else if (contacts.isEmpty()) {
            return Optional.of(wrong(asked));
        }
        counts[2] += contacts.get().isEmpty() ? 1 : 0;
        for (String id : contacts.get()) {
            Optional<Contact> contact = standing(tx, id);
            if (contact.isPresent() && tooMany(tx, contact.get(), values)) {
                return Optional.of("The contact would have more than " + ContactAttribute.MOST + " attributes.");
            } else if (contact.isPresent()) {
                boolean different = asked.dry()
                        ? differs(tx, contact.get(), values)
                        : set(tx, contact.get(), values, "import", asked.now());
                counts[different ? 0 : 1]++;
            }
        }
        return Optional.empty();
    }

    private static boolean differs(Tx tx, Contact contact, Map<String, @Nullable String> values) {
        Map<String, String> has = new TreeMap<>();
        tx.attributes().of(contact.id()).forEach(one -> has.put(one.name(), one.value()));
        return values.entrySet().stream()
                .anyMatch(one -> one.getValue() == null
                        ? has.containsKey(one.getKey())
                        : !one.getValue().equals(has.get(one.getKey())));
    }

    /** Who is meant, each once; empty where the key is none. */
    private static Optional<List<String>> contacts(Tx tx, String key, Asked asked) {
        return switch (asked.key()) {
            case PHONE ->
                PhoneNumber.read(key, asked.country())
                        .map(number -> tx.attributes().holders(Identity.PHONE, number));
            case EMAIL ->
                key.matches("[^@\\s]+@[^@\\s]+")
                        ? Optional.of(tx.attributes().holders(Identity.EMAIL, key.toLowerCase(Locale.ROOT)))
                        : Optional.empty();
            case ID ->
                key.matches("[0-9a-zA-Z-]{1,64}")
                        ? Optional.of(tx.contacts().find(key).stream()
                                .map(Contact::id)
                                .toList())
                        : Optional.empty();
        };
    }

    private static String wrong(Asked asked) {
        return switch (asked.key()) {
            case PHONE ->
                "The phone number is none that can be called from everywhere"
                        + (asked.country() == null ? "; --country DE reads those without their country." : ".");
            case EMAIL -> "The mail address is none.";
            case ID -> "The contact's id is none.";
        };
    }
}
