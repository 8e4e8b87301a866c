// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.DeliveryLookup.Absent;
import io.dragoman.connector.DeliveryLookup.Answer;
import io.dragoman.connector.DeliveryLookup.Found;
import io.dragoman.connector.DeliveryLookup.Unknown;
import io.dragoman.connector.TransportFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a message of ours in a provider's list of messages, to answer whether an attempt arrived. It can only be one
 * that was made after the attempt began. For one search and one thread.
 */
public final class ListLookup {
    /** Providers' times are whole seconds. */
    private static final Duration ROUNDED = Duration.ofSeconds(2);

    /** How far clocks may differ when the provider does not tell its own. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int MOST_PAGES = 20;

    private final Source source;
    private boolean older;
    private boolean unclear;
    private @Nullable String found;

    public ListLookup(Source source) {
        this.source = source;
    }

    /** A provider's list, and what it takes to know a message of ours in it. */
    public interface Source extends ListPage.PageReader {
        /** The newest messages to the same recipient. */
        ListPage first() throws TransportFailure;

        /** When a message was made; null when that is not said. */
        @Nullable
        Instant made(JsonNode message);

        /** Whether it is the one that is looked for. */
        Match match(JsonNode message);

        /** Its id. */
        String id(JsonNode message);
    }

    /** How sure it is. */
    public enum Match {
        NO,
        MAYBE,
        YES
    }

    /**
     * Looks.
     *
     * @param since when the attempt began
     * @param settled how long after that a message which it made is surely listed
     */
    public Answer find(Instant since, Duration settled, Clock clock) {
        try {
            ListPage page = source.first();
            Instant asked = clock.instant();
            Instant earliest = page.at() == null
                    ? since.minus(SKEW)
                    : since.plus(Duration.between(asked, page.at())).minus(ROUNDED);
            through(page, earliest);
            for (int pages = 1; !older && page.next() != null; pages++) {
                if (pages == MOST_PAGES) {
                    return new Unknown("the list has too many messages to this recipient to look through", null);
                }
                page = source.page(page.next());
                through(page, earliest);
            }
            return result(Duration.between(asked, since.plus(settled)));
        } catch (TransportFailure e) {
            return new Unknown(e.detail(), AGAIN);
        }
    }

    /** The list goes back in time, so that the last that fits is the first that was made. */
    private void through(ListPage page, Instant earliest) {
        older = !page.messages().isEmpty();
        for (JsonNode one : page.messages()) {
            Instant made = source.made(one);
            boolean early = made != null && made.isBefore(earliest);
            older &= early;
            Match match = early ? Match.NO : source.match(one);
            unclear |= match == Match.MAYBE;
            found = match == Match.YES ? source.id(one) : found;
        }
    }

    private Answer result(Duration unsettled) {
        if (found != null) {
            return new Found(found);
        }
        if (unclear) {
            return new Unknown("the list has a message to this recipient that may be this one", null);
        }
        return unsettled.isNegative() || unsettled.isZero()
                ? new Absent()
                : new Unknown("the attempt is too recent: the provider may still be processing it", unsettled);
    }
}
