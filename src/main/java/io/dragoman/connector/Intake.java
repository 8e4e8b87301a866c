// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How news of an account reaches us.
 *
 * @param webhook whether somebody posts to us
 * @param headers the request headers that {@code verify} and {@code read} need, in lower case; no other survives
 * @param polled whether we ask
 */
public record Intake(boolean webhook, Set<String> headers, boolean polled) {
    /** No news from there. */
    public static final Intake NONE = new Intake(false, Set.of(), false);

    /** We ask. */
    public static final Intake POLL = new Intake(false, Set.of(), true);

    public Intake {
        headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** They post; {@code content-type} and the named headers are kept. */
    public static Intake webhook(String... headers) {
        return new Intake(
                true,
                Stream.concat(Stream.of("content-type"), Stream.of(headers)).collect(Collectors.toSet()),
                false);
    }

    /** They post and we ask: what no webhook brought is found. */
    public static Intake both(String... headers) {
        return new Intake(true, webhook(headers).headers(), true);
    }
}
