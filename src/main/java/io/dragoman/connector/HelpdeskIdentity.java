// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Hashes;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which helpdesk a desk speaks to, whatever the desk is called here: so a renamed desk is told from another one.
 *
 * @param kind the word in configuration, with the profile's name where there is one
 * @param place a hash of its address and of the account there; empty where it has no address
 */
public record HelpdeskIdentity(String kind, String place) {
    /** What tells one helpdesk from another: its address, and which part of it is meant. */
    private static final List<String> SETTINGS = List.of(
            "baseUrl",
            "url",
            "address",
            "deskAddress",
            "accountId",
            "appId",
            "channelId",
            "channelAccountId",
            "mailboxId",
            "inboxId",
            "database");

    /** That of a configured desk. */
    public static HelpdeskIdentity of(ConfiguredAccount desk) {
        Account account = desk.account();
        String place = SETTINGS.stream()
                .flatMap(name -> Optional.ofNullable(account.values().get(name)).stream()
                        .filter(value -> !(value instanceof Secret))
                        .map(value -> name + "=" + plain(value)))
                .collect(Collectors.joining("\n"));
        return new HelpdeskIdentity(desk.desk().product(account), place.isEmpty() ? "" : Hashes.sha256Hex(place));
    }

    private static String plain(Object value) {
        String text = value.toString().strip();
        boolean address = text.regionMatches(true, 0, "http", 0, 4) || value instanceof URI;
        return address ? text.toLowerCase(Locale.ROOT).replaceFirst("/{1,10}$", "") : text;
    }

    /** Whether both are one helpdesk; what has no address is nobody's. */
    public boolean isSame(HelpdeskIdentity other) {
        return !place.isEmpty() && equals(other);
    }

    /**
     * Whether what was made for this one cannot be sent to another unseen. A receiver of our own webhooks, or one that
     * takes mail, may have another address: it is sent whole notices, and none of its own ids is in the request.
     */
    public boolean isAnotherThan(HelpdeskIdentity other) {
        return !kind.equals(other.kind) || (kind.startsWith("http ") && !place.equals(other.place));
    }

    @Override
    public String toString() {
        return "HelpdeskIdentity[" + kind + "]";
    }
}
