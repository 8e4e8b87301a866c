// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.person;

import io.dragoman.model.CustomerForgotten;
import io.dragoman.model.EventTypes;
import io.dragoman.model.OrderChanged;
import io.dragoman.store.ErasedRows.Found;
import io.dragoman.store.Erasures.Place;
import io.dragoman.store.Erasures.RawTrace;
import io.dragoman.store.Erasures.Subject;
import io.dragoman.store.Erasures.Told;
import io.dragoman.store.Erasures.Trace;
import io.dragoman.store.Events;
import io.dragoman.store.Lanes;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what tells of a person without being linked to them: events by their lane and by our ids in them, what could not be
 * read or was ignored by the person's addresses, and stored requests by both. Goes through everything in order, and on from
 * there. Addresses of fewer than six characters are too common to be searched for in texts. Not thread-safe.
 */
final class PersonFinder {
    private static final int EVENTS_AT_ONCE = 1_000;
    private static final int RAWS_AT_ONCE = 50;
    private static final int SHORTEST = 6;
    /** They name nobody but by the addresses. */
    private static final Set<String> OF_SHOPS =
            Set.of(EventTypes.of(OrderChanged.class), EventTypes.of(CustomerForgotten.class));

    private final MediaStore files;
    private final @Nullable Told told;
    private final Set<String> lanes;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> addresses;
    private final Set<String> events = new HashSet<>();
    private final Set<String> raws = new HashSet<>();
    private final Map<String, String> unread = new HashMap<>();
    private String lastEvent = "";
    private String lastRaw = "";

    PersonFinder(Subject subject, MediaStore files) {
        this.files = files;
        told = null;
        lanes = subject.places().stream()
                .map(place -> Lanes.inbox(place.channel(), place.address()))
                .collect(Collectors.toSet());
        ids.addAll(subject.contacts());
        ids.addAll(subject.conversations());
        addresses = subject.places().stream()
                .map(Place::address)
                .map(PersonFinder::bare)
                .filter(address -> address.length() >= SHORTEST)
                .collect(Collectors.toSet());
    }

    /** Finds what a shop told of a customer, in what came from the shop alone. */
    PersonFinder(Told told, MediaStore files) {
        this.files = files;
        this.told = told;
        lanes = told.orders().stream()
                .map(order -> Lanes.inbox(told.account(), OrderChanged.lane(order)))
                .collect(Collectors.toSet());
        addresses = Stream.concat(told.emails().stream(), told.phones().stream())
                .map(PersonFinder::bare)
                .collect(Collectors.toSet());
    }

    /** Looks at everything that there is by now, in short steps. */
    void read(ReadAccess store) {
        while (store.read(this::events)) {}
        while (store.read(this::raws)) {}
    }

    /** Looks at what came since, within a transaction, and gives all that was found. */
    Found rest(Tx tx) {
        while (events(tx)) {}
        while (raws(tx)) {}
        return new Found(events, raws);
    }

    /** The same, with what came into conversations since. */
    Found rest(Tx tx, Subject subject) {
        ids.addAll(subject.conversations());
        tx.erasures().eventsOf(subject.conversations()).forEach(this::add);
        return rest(tx);
    }

    private boolean events(Tx tx) {
        List<Trace> page = tx.erasures().events(lastEvent, EVENTS_AT_ONCE);
        for (Trace one : page) {
            lastEvent = one.id();
            if (isTheirs(one)) {
                add(one);
            } else if (one.type().equals(Events.UNREAD)) {
                unread.put(one.raw(), one.id());
            }
        }
        return page.size() == EVENTS_AT_ONCE;
    }

    private void add(Trace event) {
        events.add(event.id());
        raws.add(event.raw());
    }

    private boolean isTheirs(Trace one) {
        if (lanes.contains(one.lane())) {
            return true;
        }
        boolean nobodys = one.state() == Events.State.IGNORED
                || one.type().equals(Events.UNREAD)
                || OF_SHOPS.contains(one.type());
        if (told != null) {
            boolean shops = nobodys && told.account().equals(one.source());
            return shops && (told.all() || names(one.content(), true));
        }
        return names(one.content(), nobodys);
    }

    private boolean raws(Tx tx) {
        List<RawTrace> page = tx.erasures().raws(lastRaw, RAWS_AT_ONCE);
        for (RawTrace one : page) {
            lastRaw = one.id();
            if (raws.contains(one.id()) || isTheirs(one)) {
                raws.add(one.id());
                String event = unread.get(one.id());
                if (event != null) {
                    events.add(event);
                }
            }
        }
        return page.size() == RAWS_AT_ONCE;
    }

    private boolean isTheirs(RawTrace one) {
        boolean elsewhere = told != null && !told.account().equals(one.source());
        return !elsewhere && (names(one.head(), true) || names(body(one), true));
    }

    private String body(RawTrace one) {
        try {
            byte[] body = one.bodyFile() == null ? one.body() : files.read(one.bodyFile());
            return new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // the file is gone: nothing to find in it
        }
    }

    /** Whether a text has one of our ids, or where that is asked for one of their addresses, as a word of its own. */
    private boolean names(String text, boolean byAddress) {
        String plain = text.replace("%2B", "+").replace("%40", "@");
        int begin = -1;
        for (int i = 0; i <= plain.length(); i++) {
            boolean part = i < plain.length() && isPart(plain.charAt(i));
            if (part && begin < 0) {
                begin = i;
            } else if (!part && begin >= 0) {
                if (i - begin >= SHORTEST && isNamed(plain.substring(begin, i), byAddress)) {
                    return true;
                }
                begin = -1;
            }
        }
        return false;
    }

    private boolean isNamed(String word, boolean byAddress) {
        String bare = bare(word);
        if (ids.contains(bare) || (byAddress && addresses.contains(bare))) {
            return true;
        }
        int colon = bare.lastIndexOf(':');
        return colon >= 0 && isNamed(bare.substring(colon + 1), byAddress);
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || "@._+-:!#".indexOf(c) >= 0;
    }

    /** As it is compared: in lower case, without a plus before a number or a full stop behind a sentence. */
    private static String bare(String word) {
        String bare = word.toLowerCase(Locale.ROOT);
        int begin = 0;
        int end = bare.length();
        while (begin < end && "+.:-#!".indexOf(bare.charAt(begin)) >= 0) {
            begin++;
        }
        while (end > begin && ".:-!#".indexOf(bare.charAt(end - 1)) >= 0) {
            end--;
        }
        return bare.substring(begin, end);
    }
}
