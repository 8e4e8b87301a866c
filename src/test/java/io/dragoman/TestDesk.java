// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.connector.Account;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.model.DeskEvent;

/** The smallest desk. For tests of the core. */
public final class TestDesk extends TestParty<ToDesk, DeskEvent> implements Desk {
    public TestDesk() {
        super(DeskEvent.class);
    }

    @Override
    public String kind() {
        return "test-desk";
    }

    @Override
    public Outcome deliver(Account account, ToDesk notice, Transport transport) {
        return take(notice);
    }
}
