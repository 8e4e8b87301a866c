// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where a helpdesk shows a ticket to its agents. Immutable.
 *
 * @param address with {@value #REFERENCE} where the ticket's id is to stand
 */
public record TicketPage(String address) {
    /** Stands for the ticket's id. */
    public static final String REFERENCE = "{reference}";

    /** Where somebody puts the helpdesk's pages elsewhere, or its connector knows none. */
    public static final Setting<TicketPage> SETTING = new Setting<>(
            "ticketPage",
            "The address of a ticket's page in the helpdesk, with " + REFERENCE + " where its id stands, such as "
                    + "https://help.example.com/tickets/" + REFERENCE + ": the console and ./dragoman explain link to "
                    + "it. Most profiles know theirs.",
            Setting.Type.TEXT,
            null,
            false,
            List.of(),
            TicketPage::parse);

    private static TicketPage parse(String text) {
        TicketPage page = new TicketPage(text.trim());
        int host = text.indexOf("://") + 3;
        if (text.indexOf(REFERENCE) < text.indexOf('/', host)
                || text.indexOf('/', host) < 0
                || page.of("1").isEmpty()) {
            throw new IllegalArgumentException("must be an http or https address with " + REFERENCE + " in it");
        }
        return page;
    }

    /** The page of a ticket. */
    public Optional<URI> of(String reference) {
        return uri(address.replace(REFERENCE, segment(reference)));
    }

    /** A ticket's id as it stands in an address. */
    public static String segment(String reference) {
        return URLEncoder.encode(reference, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** An address for people to open; empty for one that is none, or has a password. */
    public static Optional<URI> uri(String address) {
        try {
            URI uri = URI.create(address);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
