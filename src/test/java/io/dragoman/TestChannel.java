// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.WritesFirst;
import io.dragoman.model.CustomerEvent;

/** The smallest channel. For tests of the core. */
public class TestChannel extends TestParty<ToCustomer, CustomerEvent> implements Channel, WritesFirst {
    public TestChannel() {
        super(CustomerEvent.class);
    }

    @Override
    public String kind() {
        return "test-channel";
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return take(message);
    }

    @Override
    public CustomerEvent.Sender recipient(Account account, String address) {
        return sender(address);
    }

    @Override
    public Limits limits(Account account) {
        return Limits.NONE;
    }
}
