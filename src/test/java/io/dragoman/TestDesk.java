// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.connector.Account;
import io.dragoman.connector.AgentTyping;
import io.dragoman.connector.Desk;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TypingIndicator;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.DeskEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The smallest desk. For tests of the core. */
public final class TestDesk extends TestParty<ToDesk, DeskEvent> implements Desk, TypingIndicator {
    /** Whether it tells of tickets that were never conversations here. */
    public volatile boolean tellsOfOthers;

    public TestDesk() {
        super(DeskEvent.class);
    }

    @Override
    public String kind() {
        return "test-desk";
    }

    /** {@code {"typing": "<conversation>"}}: Ana is. */
    @Override
    public Optional<AgentTyping> typing(Verified verified) throws MalformedPayload {
        Optional<String> body = Optional.of(new String(verified.request().body(), StandardCharsets.UTF_8))
                .filter(text -> text.startsWith("{\"typing\":"));
        return body.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AgentTyping(JsonFields.of(verified.request().body()).text("typing"), null, true, "Ana"));
    }

    @Override
    public boolean tellsOfOtherTickets() {
        return tellsOfOthers;
    }

    @Override
    public Outcome deliver(Account account, ToDesk notice, Transport transport) {
        return take(notice);
    }
}
