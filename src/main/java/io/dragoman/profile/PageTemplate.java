// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.TicketPage;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The address of a ticket's page at the provider, with expressions that see the settings and the reference. Immutable. */
public final class PageTemplate {
    private final TextTemplate address;

    private PageTemplate(TextTemplate address) {
        this.address = address;
    }

    /** What stands at a key, where something does. */
    public static Optional<PageTemplate> read(Section section, String key) {
        return section.node().get(key).map(section::template).map(PageTemplate::new);
    }

    /** The page of a ticket; empty where the settings make no address. */
    public Optional<URI> of(Account account, String reference) {
        Map<String, Object> context =
                Map.of("settings", SettingText.open(account), "reference", TicketPage.segment(reference));
        try {
            return TicketPage.uri(address.render(context, context, UnaryOperator.identity()));
        } catch (ExpressionFailed e) {
            return Optional.empty();
        }
    }
}
